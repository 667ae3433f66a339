/** Notices lie in a corner, are read out once, and never take the focus. Those that only inform leave by themselves. */
import { useEffect } from 'react';
import { X } from 'lucide-react';
import { useSession, useWindow } from '../session/react.ts';
import { dismissNotice, type Notice } from '../store/notices.ts';

const INFORMS_FOR_MILLISECONDS = 6_000;
const SHOWN = 4;

export function Notices() {
  const notices = useWindow((state) => state.notices);
  const shown = notices.filter((notice) => !notice.dismissed).slice(-SHOWN);
  return (
    <div className="notices" role="region" aria-label="Notices" aria-live="polite">
      {shown.map((notice) => <NoticeCard key={notice.id} notice={notice} />)}
    </div>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const session = useSession();
  const { id, severity } = notice;
  const dismiss = (): void => { session.update((state) => ({ ...state, notices: dismissNotice(state.notices, id) })); };
  useEffect(() => {
    if (severity !== 'info') return undefined;
    const timer = setTimeout(() => { session.update((state) => ({ ...state, notices: dismissNotice(state.notices, id) })); }, INFORMS_FOR_MILLISECONDS);
    return () => { clearTimeout(timer); };
  }, [session, id, severity, notice.count]);
  return (
    <div className={`notice notice-${severity}`}>
      <div className="notice-text">
        <p>{severity === 'error' ? 'Error: ' : severity === 'warning' ? 'Warning: ' : ''}{notice.message}{notice.count > 1 && ` (${notice.count} times)`}</p>
        {notice.remedy !== undefined && <p className="muted">{notice.remedy}</p>}
      </div>
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={dismiss}><X size={14} aria-hidden="true" /></button>
    </div>
  );
}
