/**
 * What the engine remembers between runs besides verdicts: values by key (program hashes by stat identity,
 * outlines by content) and learned times. Losing any of it costs time only; a value whose text changed on the
 * disk is not believed. Writes are gathered and go out together.
 */
import { sha256 } from './canonical.ts';
import type { Connection } from './connection.ts';
import type { LedgerDatabase } from './database.ts';

/** What past runs of a job took. */
export interface Learned {
  readonly seconds: number;
  readonly memoryMb: number;
  /** How the last one ended, in the caller's words. */
  readonly outcome: string;
  readonly samples: number;
}
export type Lesson = Pick<Learned, 'seconds' | 'memoryMb' | 'outcome'>;

/** The newest time counts half: follows a change of machine or tool in a few runs, forgives one busy moment. */
const NEWEST_SHARE = 0.5;
/** Memory decides admission, where too little is worse than too much: a peak fades by a tenth a run. */
const PEAK_FADE = 0.9;
const GATHER_MILLISECONDS = 200;
/** Values that were not written again for this long are forgotten. */
const KEEP_DAYS = 180;
const DAY_MILLISECONDS = 86_400_000;

export class Memory {
  readonly #values = new Map<string, string>();
  readonly #lessons = new Map<string, Learned>();
  /** Rows as they were read; undefined: there was none. */
  readonly #read = new Map<string, Learned | undefined>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: LedgerDatabase) {}

  get(key: string): string | undefined { return this.getAll([key]).get(key); }

  getAll(keys: readonly string[]): Map<string, string> {
    const found = new Map<string, string>();
    const asked = keys.filter((key) => { const value = this.#values.get(key); if (value !== undefined) found.set(key, value); return value === undefined; });
    if (asked.length === 0) return found;
    const rows = this.database.read((connection) => connection.all<{ key: string; value: string; digest: string }>(
      'SELECT m.key, m.value, m.digest FROM json_each(?) AS asked CROSS JOIN memory AS m ON m.key = asked.value', [JSON.stringify(asked)]), []);
    for (const row of rows) if (digest(row.key, row.value) === row.digest) found.set(row.key, row.value);
    return found;
  }

  set(key: string, value: string): void {
    this.#values.set(key, value);
    this.#later();
  }

  /** By the caller's key, usually unit and engine. */
  learn(key: string, lesson: Lesson): void {
    const before = this.learned([key]).get(key);
    this.#lessons.set(key, before ? {
      seconds: before.seconds + (lesson.seconds - before.seconds) * NEWEST_SHARE,
      memoryMb: Math.max(lesson.memoryMb, before.memoryMb * PEAK_FADE),
      outcome: lesson.outcome, samples: before.samples + 1,
    } : { ...lesson, samples: 1 });
    this.#later();
  }

  /** What another process learns meanwhile is seen by the next run. */
  learned(keys: readonly string[]): Map<string, Learned> {
    const unread = keys.filter((key) => !this.#read.has(key));
    if (unread.length > 0) for (const [key, learned] of this.#readLearned(unread)) this.#read.set(key, learned);
    const found = new Map<string, Learned>();
    for (const key of keys) { const known = this.#lessons.get(key) ?? this.#read.get(key); if (known) found.set(key, known); }
    return found;
  }

  #readLearned(keys: readonly string[]): Map<string, Learned | undefined> {
    const rows = this.database.read((connection) => connection.all<{ key: string; seconds: number; memory_mb: number; outcome: string; samples: number }>(
      'SELECT l.* FROM json_each(?) AS asked CROSS JOIN learned AS l ON l.key = asked.value', [JSON.stringify(keys)]), []);
    const found = new Map<string, Learned | undefined>(keys.map((key) => [key, undefined]));
    for (const row of rows) found.set(row.key, { seconds: row.seconds, memoryMb: row.memory_mb, outcome: row.outcome, samples: row.samples });
    return found;
  }

  /** Writes what was gathered; a disk that refuses costs only the memory. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#values.size === 0 && this.#lessons.size === 0) return;
    const outcome = this.database.write((connection) => this.#write(connection));
    if (outcome.ok || this.#values.size + this.#lessons.size > 100_000) {
      for (const [key, lesson] of this.#lessons) this.#read.set(key, lesson);
      this.#values.clear();
      this.#lessons.clear();
    }
  }

  #write(connection: Connection): void {
    const day = Math.floor(Date.now() / DAY_MILLISECONDS);
    for (const [key, value] of this.#values) connection.run('INSERT OR REPLACE INTO memory (key, value, digest, day) VALUES (?, ?, ?, ?)', [key, value, digest(key, value), day]);
    for (const [key, lesson] of this.#lessons) {
      connection.run('INSERT OR REPLACE INTO learned (key, seconds, memory_mb, outcome, samples) VALUES (?, ?, ?, ?, ?)', [key, lesson.seconds, lesson.memoryMb, lesson.outcome, lesson.samples]);
    }
    connection.run('DELETE FROM memory WHERE rowid IN (SELECT rowid FROM memory WHERE day < ? LIMIT 100)', [day - KEEP_DAYS]);
  }

  #later(): void {
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MILLISECONDS).unref();
  }
}

/** Under which a value of the table `memory` stands. */
export function digest(key: string, value: string): string {
  return sha256(`${key}\n${value}`).slice(0, 16);
}
