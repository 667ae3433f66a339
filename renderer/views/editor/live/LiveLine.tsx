/** One line under the text: what the tool's server says of it as it stands, in words. */
import { useSession, useWindow } from '../../../session/react.ts';
import { Flag } from '../../../verdict/VerdictShape.tsx';
import { ledgerSpeaks } from './live-marks.ts';
import { liveSentence } from './live-shapes.ts';

export function LiveLine({ file }: { readonly file: string }) {
  const session = useSession();
  const known = useWindow((state) => state.live[file]);
  const speaks = useWindow((state) => ledgerSpeaks(state, file));
  if (!known || (known.why === undefined && known.token === undefined)) return null;
  const words = known.why !== undefined ? `No live answers: ${known.why}` : speaks ? 'Live: ready. The ledger knows this very text.' : liveSentence(known.state);
  return (
    <p className="live-words" role="status">
      <Flag name="live" role="grey" word="live" /><span>{words}</span>
      {known.why !== undefined && /trust/.test(known.why) && <button type="button" className="link" onClick={() => { session.centre?.open('plan'); }}>Show the plan</button>}
    </p>
  );
}
