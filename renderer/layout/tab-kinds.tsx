/** What a tab of the centre can show. Features that bring a kind of their own (editor, waveform, graph) register it. */
import type { ReactNode } from 'react';
import { CompareView } from '../views/compare/CompareView.tsx';
import { LedgerView } from '../views/ledger/LedgerView.tsx';
import { PlanView } from '../views/plan/PlanView.tsx';
import { SettingsView } from '../views/settings/SettingsView.tsx';
import { ReportView } from '../views/report/ReportView.tsx';
import { StartView } from '../views/start/StartView.tsx';
import { SynthesisView } from '../views/synthesis/SynthesisView.tsx';
import { ToolchainsView } from '../views/toolchains/ToolchainsView.tsx';
import { TrustView } from '../views/trust/TrustView.tsx';

export interface TabKind {
  readonly id: string;
  /** @param argument what follows the kind in a tab's id: a file's path */
  readonly title: (argument: string) => string;
  readonly show: (argument: string) => ReactNode;
}

const kinds = new Map<string, TabKind>();

function fixed(id: string, title: string, view: ReactNode): void {
  kinds.set(id, { id, title: () => title, show: () => view });
}

fixed('start', 'Start', <StartView />);
fixed('plan', 'Plan', <PlanView />);
fixed('ledger', 'Ledger', <LedgerView />);
fixed('compare', 'Compare', <CompareView />);
fixed('synthesis', 'Synthesis', <SynthesisView />);
fixed('assumptions', 'Assumptions', <TrustView />);
fixed('report', 'Report', <ReportView />);
fixed('toolchains', 'Toolchains', <ToolchainsView />);
fixed('settings', 'Settings', <SettingsView />);

export function registerTabKind(kind: TabKind): void {
  kinds.set(kind.id, kind);
}

/** A tab's id is its kind, or kind and argument: "ledger", "editor:src/a.dfy". */
export function tabKind(tabId: string): { readonly kind: TabKind; readonly argument: string } | undefined {
  const colon = tabId.indexOf(':');
  const kind = kinds.get(colon < 0 ? tabId : tabId.slice(0, colon));
  return kind && { kind, argument: colon < 0 ? '' : tabId.slice(colon + 1) };
}
