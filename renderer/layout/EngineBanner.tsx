/** Says that the engine is not there, and that nothing finished is lost. It takes its own line, so nothing is covered. */
import { useWindow } from '../session/react.ts';

export function EngineBanner() {
  const engine = useWindow((state) => state.engine);
  if (engine.state !== 'crashed' && engine.state !== 'gone') return null;
  return (
    <div className="engine-banner" role="alert">
      {engine.state === 'crashed' ? 'The engine ended and is being started again. ' : 'The engine is not connected. '}{engine.message} Every verdict that was finished is kept.
    </div>
  );
}
