/** The graph as a tab of the centre, and the commands that open it. */
import { registerCommand } from '../../commands/registry.ts';
import { registerTabKind } from '../../layout/tab-kinds.tsx';
import { GraphView } from './GraphView.tsx';

export function registerGraph(): void {
  registerTabKind({ id: 'graph', title: () => 'Graph', show: () => <GraphView /> });
  registerCommand({ id: 'view.graph', title: 'Graph', group: 'View', can: (state) => state.plan.state === 'ready', run: (session) => { session.centre?.openTab('graph'); } });
}
