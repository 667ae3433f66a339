/**
 * Which processes belong to which program that runs: its group and session, what carries its tag, and all
 * that was once seen below one of these. One pass over the process table serves all trees.
 */
import type { ProcessRow, ProcessTable } from './table.ts';
import { linuxTable } from './linux.ts';
import { psTable } from './ps.ts';

/** After that the known strangers are looked at anew, in case a pid was reused unseen. */
const FORGET_STRANGERS_MS = 5000;

export interface Tree {
  readonly leader: number;
  readonly tag: number;
  /** pid → start. */
  readonly members: Map<number, string>;
  /** Of performance.now(). */
  readonly plantedAt: number;
}

export const table: ProcessTable = process.platform === 'linux' ? linuxTable : psTable;

const trees = new Set<Tree>();
const byLeader = new Map<number, Tree>();
const byTag = new Map<number, Tree>();
const strangers = new Set<number>();
let strangersSince = 0;

/** Pids of programs that were started lately, running or not, in the order of their start. */
const lately = new Set<number>();
const LATELY = 1024;
/** In so short a time pids do not come round again (32,768 of them at least). */
const SHORT_MS = 1000;

/**
 * True where a program that has ended surely left no descendant, known without a look at the whole table: it
 * lived shortly, and all pids given out since its start were leaders of programs that Assay started.
 */
export function isSurelyChildless(tree: Tree): boolean {
  if (performance.now() - tree.plantedAt > SHORT_MS) return false;
  const last = table.lastPid();
  if (last === undefined || last < tree.leader || last - tree.leader > LATELY) return false;
  for (let pid = tree.leader + 1; pid <= last; pid++) if (!lately.has(pid)) return false;
  return true;
}

/** Call right after the spawn: the pid is then surely the leader's. */
export function plantTree(leader: number, tag: number): Tree {
  const tree: Tree = { leader, tag, members: new Map(), plantedAt: performance.now() };
  lately.delete(leader);
  lately.add(leader);
  if (lately.size > LATELY) for (const oldest of lately) { lately.delete(oldest); break; }
  trees.add(tree); byLeader.set(leader, tree); byTag.set(tag, tree);
  strangers.delete(leader);
  return tree;
}

export function fellTree(tree: Tree): void {
  trees.delete(tree); byTag.delete(tree.tag);
  if (byLeader.get(tree.leader) === tree) byLeader.delete(tree.leader);
}

export type Census = ReadonlyMap<Tree, readonly ProcessRow[]>;
let coming: Promise<Census> | undefined;

/** Members of every tree, ended ones included, from one pass that starts after this call; calls of one turn share it. */
export function census(): Promise<Census> {
  coming ??= new Promise<void>((resolve) => { setImmediate(resolve); }).then(() => { coming = undefined; return take(); });
  return coming;
}

async function take(): Promise<Census> {
  const now = performance.now();
  if (now - strangersSince > FORGET_STRANGERS_MS) { strangers.clear(); strangersSince = now; }
  const read = table.read(strangers);
  const rows = Array.isArray(read) ? read as readonly ProcessRow[] : await read;
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const owner = new Map<number, Tree | undefined>();
  const found = new Map<Tree, ProcessRow[]>([...trees].map((tree) => [tree, []]));
  for (const row of rows) {
    const tree = ownerOf(row, byPid, owner);
    if (!tree) { strangers.add(row.pid); continue; }
    tree.members.set(row.pid, row.start);
    found.get(tree)?.push(row);
  }
  for (const [tree, members] of found) {
    const here = new Set(members.map((row) => row.pid));
    for (const pid of tree.members.keys()) if (!here.has(pid)) tree.members.delete(pid);
  }
  return found;
}

function ownerOf(row: ProcessRow, byPid: ReadonlyMap<number, ProcessRow>, known: Map<number, Tree | undefined>): Tree | undefined {
  if (known.has(row.pid)) return known.get(row.pid);
  known.set(row.pid, undefined); // ends a cycle, should a torn table show one
  let tree = byLeader.get(row.group) ?? byLeader.get(row.session);
  if (!tree) for (const candidate of trees) if (candidate.members.get(row.pid) === row.start) { tree = candidate; break; }
  if (!tree) {
    const parent = byPid.get(row.parent);
    if (parent) tree = ownerOf(parent, byPid, known);
  }
  if (!tree) {
    const tag = table.tag(row.pid);
    if (tag !== undefined) tree = byTag.get(tag);
  }
  known.set(row.pid, tree);
  return tree;
}
