/** What stands behind the verdict: the command, how it ended, limits, outputs, hashes, certificate, second opinions. */
import { Copy } from 'lucide-react';
import type { Attempt, ObligationDetail } from '../../../app/contract.ts';
import { bytes, duration, memory, shortDate } from '../../ledger/format.ts';
import { copyText, readOutput } from '../../session/inspect.ts';
import { useSession } from '../../session/react.ts';

export function EvidencePart({ detail }: { readonly detail: ObligationDetail }) {
  const { evidence } = detail.obligation;
  if (!evidence) return null;
  return (
    <section>
      <h3>Evidence</h3>
      {evidence.asked !== undefined && evidence.used !== undefined && <p className="role-amber">The file asks for {evidence.asked}; {evidence.used} was used.</p>}
      <AttemptPart attempt={evidence} />
      {evidence.certificate && <p>Certificate: {evidence.certificate.format.toUpperCase()}{evidence.certificate.checkedBy === undefined ? ', not checked' : `, checked by ${evidence.certificate.checkedBy}`}</p>}
      <details>
        <summary>{evidence.inputs.length} {evidence.inputs.length === 1 ? 'input' : 'inputs'} with hashes</summary>
        <ul className="plain hashes">{evidence.inputs.map((input) => <li key={input.path}><code>{input.path}</code> <code className="muted" title={input.sha256}>{input.sha256.slice(0, 12)}…</code></li>)}</ul>
      </details>
      {(evidence.attempts ?? []).length > 0 && (
        <details><summary>{evidence.attempts!.length} other {evidence.attempts!.length === 1 ? 'attempt' : 'attempts'}</summary>{evidence.attempts!.map((attempt, index) => <AttemptPart key={index} attempt={attempt} />)}</details>
      )}
    </section>
  );
}

function AttemptPart({ attempt }: { readonly attempt: Attempt }) {
  const session = useSession();
  const command = attempt.reproduce ?? attempt.argv.join(' ');
  const end = attempt.exit.signal !== null ? `signal ${attempt.exit.signal}` : attempt.exit.code !== null ? `code ${attempt.exit.code}` : attempt.exit.reason;
  return (
    <div className="attempt">
      <div className="command"><code tabIndex={0}>{command}</code><button type="button" className="icon-button" aria-label="Copy the command" title="Copy the command" onClick={() => { void copyText(session, command, 'the command'); }}><Copy size={14} aria-hidden="true" /></button></div>
      <dl className="facts tight">
        <div><dt>By</dt><dd title={attempt.tool.fingerprint}>{attempt.tool.id} {attempt.tool.version}{attempt.solver && `, ${attempt.solver.id} ${attempt.solver.version}`}</dd></div>
        <div><dt>Ended</dt><dd>{end}{attempt.exit.reason === 'exited' ? '' : ` (${attempt.exit.reason})`} after {duration(attempt.seconds)}{attempt.memoryMb > 0 && `, ${memory(attempt.memoryMb)}`}</dd></div>
        <div><dt>Limits</dt><dd>{duration(attempt.limits.wallSeconds)}, {memory(attempt.limits.memoryMb)}, effort {attempt.limits.effort}{attempt.limits.resource !== undefined && `, ${attempt.limits.resource} resource`}{attempt.limits.depth !== undefined && `, depth ${attempt.limits.depth}`}</dd></div>
        <div><dt>When</dt><dd>{shortDate(attempt.startedAt)}</dd></div>
        {attempt.said && <div><dt>Said</dt><dd>{attempt.said.kind}</dd></div>}
      </dl>
      <ul className="plain outputs">{attempt.outputs.map((output) => (
        <li key={output.name}><button type="button" className="link" onClick={() => { void readOutput(session, output.name, output.sha256); }}>{output.name}</button> <span className="muted number">{bytes(output.bytes)}{output.truncated && ', cut'} <code title={output.sha256}>{output.sha256.slice(0, 8)}</code></span></li>
      ))}</ul>
    </div>
  );
}
