/** Before the first search: what each toolchain of the repository can try. */
import { useWindow } from '../../session/react.ts';
import { valueOf } from '../../store/loadable.ts';

export function Strategies() {
  const plan = useWindow((state) => valueOf(state.plan));
  const used = (plan?.toolchains ?? []).filter((one) => plan!.byToolchain.some((by) => by.toolchain === one.toolchain && by.obligations > 0));
  const without = used.filter((one) => one.strategies.length === 0);
  return (
    <section>
      <h2>What can be tried</h2>
      {used.filter((one) => one.strategies.length > 0).map((toolchain) => (
        <div key={toolchain.toolchain}>
          <h3>{toolchain.name}</h3>
          <dl className="facts strategies">{toolchain.strategies.map((strategy) => <div key={strategy.name}><dt className="code">{strategy.name}</dt><dd>{strategy.summary}</dd></div>)}</dl>
        </div>
      ))}
      {without.length > 0 && <p className="muted">No proof can be searched for {without.map((one) => one.name).join(', ')}: {without.length === 1 ? 'it has' : 'they have'} no strategies.</p>}
    </section>
  );
}
