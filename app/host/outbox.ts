/**
 * Events on their way to one window: gathered, joined where a later one makes an earlier one pointless, and sent at most
 * every {@link EVENT_PERIOD} ms and at most {@link ROWS_A_BATCH} rows at a time, so that a stream of 10,000 obligations
 * never holds the window up. The order of what is not joined is kept.
 */
import { EVENT_PERIOD, type BridgeEvent, type BridgeEventOf, type LedgerRow } from '../contract.ts';

export const ROWS_A_BATCH = 1_000;

export class Outbox {
  #events: BridgeEvent[] = [];
  readonly #rows = new Map<string, { revision: number; rows: Map<string, LedgerRow> }>();
  #timer: NodeJS.Timeout | undefined;
  #sentAt = 0;

  /** @param ready false while the other side has not read what it was sent */
  constructor(private readonly send: (events: readonly BridgeEvent[]) => void, private readonly ready: () => boolean = () => true) {}

  add(event: BridgeEvent): void {
    if (event.type === 'rows') this.#addRows(event);
    else if (event.type === 'lanes') this.#addLanes(event);
    else if (event.type === 'proof') this.#addProof(event);
    else {
      if (isStatus(event)) this.#events = this.#events.filter((earlier) => !replaces(event, earlier));
      this.#events.push(event);
    }
    this.#schedule();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#events = [];
    this.#rows.clear();
  }

  #addRows(event: BridgeEventOf<'rows'>): void {
    const known = this.#rows.get(event.repository) ?? { revision: 0, rows: new Map<string, LedgerRow>() };
    for (const row of event.rows) known.rows.set(row.id, row);
    known.revision = event.revision;
    this.#rows.set(event.repository, known);
  }

  #addLanes(event: BridgeEventOf<'lanes'>): void {
    const at = this.#events.findIndex((earlier) => earlier.type === 'lanes');
    const earlier = this.#events[at] as BridgeEventOf<'lanes'> | undefined;
    if (!earlier) this.#events.push(event);
    else this.#events[at] = { ...event, ended: [...earlier.ended, ...event.ended], gaps: [...earlier.gaps, ...event.gaps] };
  }

  #addProof(event: BridgeEventOf<'proof'>): void {
    const at = this.#events.findIndex((earlier) => earlier.type === 'proof' && earlier.repository === event.repository);
    const earlier = this.#events[at] as BridgeEventOf<'proof'> | undefined;
    if (!earlier) { this.#events.push(event); return; }
    // Goals of a search before this one are of no use any more.
    const before = earlier.proof.proof === event.proof.proof ? earlier.goals : [];
    this.#events[at] = { ...event, goals: [...new Map([...before, ...event.goals].map((goal) => [goal.obligation, goal])).values()] };
  }

  #schedule(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => { this.#timer = undefined; this.#flush(); }, Math.max(0, this.#sentAt + EVENT_PERIOD - performance.now()));
  }

  #flush(): void {
    if (this.#events.length === 0 && this.#rows.size === 0) return;
    this.#sentAt = performance.now();
    if (!this.ready()) return this.#schedule();
    // Rows first: a run that has ended is told of after its last verdicts.
    const rows = this.#takeRows();
    const held: BridgeEvent[] = this.#rows.size === 0 ? [] : this.#events.filter((event) => event.type === 'run');
    const events = this.#events.filter((event) => !held.includes(event));
    this.#events = held;
    this.send([...rows, ...events]);
    if (this.#rows.size > 0 || this.#events.length > 0) this.#schedule();
  }

  #takeRows(): BridgeEvent[] {
    const taken: BridgeEvent[] = [];
    let left = ROWS_A_BATCH;
    for (const [repository, known] of this.#rows) {
      if (left === 0) break;
      const rows = [...known.rows.values()].slice(0, left);
      left -= rows.length;
      for (const row of rows) known.rows.delete(row.id);
      if (known.rows.size === 0) this.#rows.delete(repository);
      taken.push({ type: 'rows', repository, revision: known.revision, rows });
    }
    return taken;
  }
}

/** Only the newest of these says anything. */
function isStatus(event: BridgeEvent): boolean {
  return event.type === 'progress' || event.type === 'load' || event.type === 'plan' || event.type === 'opening' || event.type === 'install' || event.type === 'settings' || event.type === 'live';
}

function replaces(event: BridgeEvent, earlier: BridgeEvent): boolean {
  if (event.type !== earlier.type) return false;
  if (event.type === 'install' && earlier.type === 'install') return event.install.job === earlier.install.job;
  if (event.type === 'live' && earlier.type === 'live') return event.token === earlier.token;
  return !('repository' in event) || !('repository' in earlier) || event.repository === earlier.repository;
}
