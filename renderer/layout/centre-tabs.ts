/** The tabs of the centre, as others open them. */
export type FixedTab = 'start' | 'plan' | 'ledger' | 'compare' | 'synthesis' | 'assumptions' | 'report' | 'toolchains' | 'settings';

export interface CentreTabs {
  /** Opens it, or shows it where it is open. */
  open(tab: FixedTab): void;
  /** Any tab by its id: "waveform:…". Nothing where no such kind is registered. */
  openTab(tabId: string): void;
  /** Nothing where no editor is registered. */
  openFile(file: string, line?: number): void;
  closeActive(): void;
}
