/** Who signed an assumption, when and why; or that nobody did, or that it no longer counts. */
import type { AssumptionView } from '../../../app/contract.ts';

export function Signature({ signed }: { readonly signed: AssumptionView['justification'] }) {
  if (!signed) return <span className="muted">not signed</span>;
  const by = <>by {signed.reviewer}, <span className="signature-date">{signed.date}</span></>;
  return signed.state === 'valid'
    ? <span><span className="role-green">signed</span> {by}<span className="signature-reason muted">{signed.reason}</span></span>
    : <span><span className="role-red">{signed.state}</span> {by}<span className="signature-reason muted">{signed.why}</span></span>;
}
