/** Installations with how far they are. */
import type { InstallState } from '../../../app/contract.ts';
import { bytes, duration } from '../../ledger/format.ts';
import { cancelInstall } from '../../session/machine.ts';
import { useSession, useWindow } from '../../session/react.ts';

const WORDS: Readonly<Record<InstallState['state'], string>> = { fetch: 'fetching', check: 'checking the sum', unpack: 'unpacking', run: 'installing', done: 'installed', failed: 'failed', cancelled: 'cancelled' };

export function InstallJobs() {
  const session = useSession();
  const installs = useWindow((state) => state.installs);
  const jobs = Object.values(installs);
  if (jobs.length === 0) return null;
  return (
    <ul className="plain installs" aria-label="Installations">
      {jobs.map((job) => {
        const over = job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
        return (
          <li key={job.job} className="install">
            <span className="install-name">{job.tool} {job.version}</span>
            <span className={job.state === 'failed' ? 'role-red' : job.state === 'done' ? 'role-green' : ''} role="status">{WORDS[job.state]}</span>
            {!over && <progress aria-label={`Progress of ${job.tool}`} {...(job.bytes !== undefined && job.totalBytes !== undefined ? { value: job.bytes, max: job.totalBytes } : {})} />}
            {!over && job.bytes !== undefined && <span className="number muted">{bytes(job.bytes)}{job.totalBytes === undefined ? '' : ` of ${bytes(job.totalBytes)}`}{job.secondsLeft === undefined ? '' : `, ${duration(job.secondsLeft)} left`}</span>}
            {job.message !== undefined && <span className="muted">{job.message}</span>}
            {!over && <button type="button" className="button" onClick={() => { void cancelInstall(session, job.job); }}>Cancel</button>}
          </li>
        );
      })}
    </ul>
  );
}
