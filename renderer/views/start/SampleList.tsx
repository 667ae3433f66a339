import { Loaded } from '../../parts/Loaded.tsx';
import { openRepository } from '../../session/repository.ts';
import { useSession, useWindow } from '../../session/react.ts';

export function SampleList() {
  const session = useSession();
  const recent = useWindow((state) => state.recent);
  return (
    <section aria-labelledby="samples-title">
      <h2 id="samples-title">Samples</h2>
      <Loaded of={recent} what="samples">
        {({ samples }) => (
          <ul className="plain">
            {samples.map((sample) => (
              <li key={sample.id}>
                <button type="button" className="sample" onClick={() => { void openRepository(session, { kind: 'sample', sample: sample.id }); }}>
                  <span className="recent-name">{sample.name}</span><span className="muted">{sample.line}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}
