/** The rail: what the centre and the side can show, one button each. */
import { ClipboardList, FileText, GitCompareArrows, House, Keyboard, ListTree, Search, Settings, Signature, Table2, WandSparkles, Waypoints, Wrench } from 'lucide-react';
import { allCommands, canRun, keysOf, runCommand } from '../commands/registry.ts';
import { shownKeys } from '../commands/keys.ts';
import { useSession, useWindow } from '../session/react.ts';

const TOP = [['view.start', House], ['view.side', ListTree], ['go.find', Search], ['view.plan', ClipboardList], ['view.ledger', Table2], ['view.synthesis', WandSparkles], ['view.assumptions', Signature], ['view.graph', Waypoints], ['view.compare', GitCompareArrows], ['view.report', FileText]] as const;
const BOTTOM = [['view.toolchains', Wrench], ['view.settings', Settings], ['view.legend', Keyboard]] as const;

export function Rail() {
  return (
    <nav className="rail" aria-label="Views">
      {TOP.map(([id, Icon]) => <RailButton key={id} id={id} icon={<Icon size={18} aria-hidden="true" />} />)}
      <div className="spring" />
      {BOTTOM.map(([id, Icon]) => <RailButton key={id} id={id} icon={<Icon size={18} aria-hidden="true" />} />)}
    </nav>
  );
}

function RailButton({ id, icon }: { readonly id: string; readonly icon: React.ReactNode }) {
  const session = useSession();
  const command = allCommands().find((one) => one.id === id)!;
  const enabled = useWindow((state) => canRun(command, state));
  const keys = useWindow((state) => shownKeys(keysOf(command, state), state.info?.platform === 'darwin'));
  return <button type="button" className="rail-button" disabled={!enabled} aria-label={command.title} title={keys === '' ? command.title : `${command.title} (${keys})`} onClick={() => { runCommand(session, id); }}>{icon}</button>;
}
