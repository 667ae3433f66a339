import type { PlanView } from '../../../app/contract.ts';
import { quoted } from '../../ledger/filter.ts';
import { setFilter } from '../../ledger/table-view.ts';
import { useSession } from '../../session/react.ts';
import { useState } from 'react';

const SHOWN = 200;

export function Projects({ plan }: { readonly plan: PlanView }) {
  const session = useSession();
  const [all, setAll] = useState(false);
  const projects = all ? plan.projects : plan.projects.slice(0, SHOWN);
  const show = (id: string): void => {
    session.update((state) => ({ ...state, view: setFilter(state.view, `project:${quoted(id)}`) }));
    session.centre?.open('ledger');
  };
  return (
    <section>
      <h2>Projects</h2>
      <table className="list">
        <thead><tr><th scope="col">Project</th><th scope="col">Tool</th><th scope="col">Folder</th><th scope="col" className="number">Files</th><th scope="col" className="number">Obligations</th></tr></thead>
        <tbody>
          {projects.map((project) => (
            <tr key={project.id}>
              <td><button type="button" className="link code" onClick={() => { show(project.id); }}>{project.name}</button></td>
              <td>{project.toolchain}</td><td><code>{project.root === '' ? '.' : project.root}</code></td><td className="number">{project.files.toLocaleString('en')}</td><td className="number">{project.obligations.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {plan.projects.length > projects.length && <button type="button" className="link" onClick={() => { setAll(true); }}>Show all {plan.projects.length.toLocaleString('en')}</button>}
    </section>
  );
}
