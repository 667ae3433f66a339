/** Where the panels are: plain, kept over sessions, and read back with care since a file may hold anything. */
export type SideView = 'tree' | 'search';
export type BottomTab = 'problems' | 'lanes' | 'output' | 'history';
export const BOTTOM_TABS: readonly BottomTab[] = ['problems', 'lanes', 'output', 'history'];

export interface LayoutState {
  readonly side: boolean;
  readonly sideView: SideView;
  readonly bottom: boolean;
  readonly bottomTab: BottomTab;
  readonly inspector: boolean;
  /** Sizes by panel group, in percent by panel. */
  readonly sizes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Model of the centre's tabs, as its library wrote it. */
  readonly centre?: unknown;
}

export const INITIAL_LAYOUT: LayoutState = { side: true, sideView: 'tree', bottom: true, bottomTab: 'problems', inspector: true, sizes: {} };

export function readLayout(value: unknown): LayoutState {
  if (typeof value !== 'object' || value === null) return INITIAL_LAYOUT;
  const kept = value as Record<string, unknown>;
  const flag = (name: 'side' | 'bottom' | 'inspector'): boolean => (typeof kept[name] === 'boolean' ? kept[name] : INITIAL_LAYOUT[name]);
  return {
    side: flag('side'), bottom: flag('bottom'), inspector: flag('inspector'), sideView: kept.sideView === 'search' ? 'search' : 'tree',
    bottomTab: BOTTOM_TABS.find((tab) => tab === kept.bottomTab) ?? INITIAL_LAYOUT.bottomTab, sizes: readSizes(kept.sizes), centre: kept.centre,
  };
}

function readSizes(value: unknown): LayoutState['sizes'] {
  if (typeof value !== 'object' || value === null) return {};
  const groups = Object.entries(value).filter((entry): entry is [string, Record<string, number>] =>
    typeof entry[1] === 'object' && entry[1] !== null && Object.values(entry[1]).every((size) => typeof size === 'number' && size >= 0 && size <= 100));
  return Object.fromEntries(groups);
}
