import type { PlanView } from '../../../app/contract.ts';
import { install } from '../../session/machine.ts';
import { useSession } from '../../session/react.ts';
import { InstallJobs } from '../toolchains/InstallJobs.tsx';

export function MissingTools({ plan }: { readonly plan: PlanView }) {
  const session = useSession();
  const lacking = plan.toolchains.filter((toolchain) => !toolchain.ready && plan.byToolchain.some((used) => used.toolchain === toolchain.toolchain));
  if (lacking.length === 0) return null;
  return (
    <section>
      <h2>Missing</h2>
      {lacking.map((toolchain) => (
        <div key={toolchain.toolchain} className="missing">
          <strong>{toolchain.name}</strong>
          <ul className="plain">{toolchain.missing.map((tool) => (
            <li key={tool.id} className="plan-line"><span>{tool.id}: {tool.why}. {tool.remedy}</span>
              {tool.install !== undefined && <button type="button" className="button" onClick={() => { void install(session, tool.install!); }}>Install {tool.install}</button>}</li>
          ))}</ul>
        </div>
      ))}
      <InstallJobs />
    </section>
  );
}
