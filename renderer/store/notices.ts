/** Notices: said once, never in the way. A dismissed one can be brought back. Equal ones are counted, not repeated. */
export interface Notice {
  readonly id: number;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly remedy?: string;
  readonly count: number;
  readonly dismissed: boolean;
}

export type NewNotice = Pick<Notice, 'severity' | 'message' | 'remedy'>;

const KEPT = 200;

export function addNotice(notices: readonly Notice[], added: NewNotice): readonly Notice[] {
  const same = notices.findLast((notice) => notice.message === added.message && notice.severity === added.severity && !notice.dismissed);
  if (same) return notices.map((notice) => (notice === same ? { ...notice, count: notice.count + 1 } : notice));
  const id = (notices.at(-1)?.id ?? 0) + 1;
  return [...notices, { ...added, id, count: 1, dismissed: false }].slice(-KEPT);
}

export function dismissNotice(notices: readonly Notice[], id: number): readonly Notice[] {
  return notices.map((notice) => (notice.id === id ? { ...notice, dismissed: true } : notice));
}

/** The undo of the last dismissal. */
export function restoreNotice(notices: readonly Notice[], id: number): readonly Notice[] {
  return notices.map((notice) => (notice.id === id ? { ...notice, dismissed: false } : notice));
}
