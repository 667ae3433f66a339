/** What of the graph is drawn, where the looker is, and which node the keys go to. */
import { describe, expect, it } from 'vitest';
import type { GraphView } from '../../app/contract.ts';
import { fit, moved, nextTo, nodeAt, showing, zoomAt } from '../../renderer/views/graph/camera.ts';
import { Graph, NODES_AT_MOST } from '../../renderer/views/graph/model.ts';
import type { Layout } from '../../renderer/views/graph/placed.ts';
import { lookOf, nodeWords } from '../../renderer/views/graph/words.ts';
import { emptyTable, withRows } from '../../renderer/store/rows.ts';
import { row } from './rows.ts';

const view: GraphView = {
  modules: [{ id: 'm1', label: 'a.dfy', toolchain: 'dafny', obligations: 3 }, { id: 'm2', label: 'b.dfy', toolchain: 'dafny', obligations: 1 }],
  nodes: [
    ...['top', 'middle', 'base'].map((id) => ({ id, label: id, module: 'm1', type: 'obligation' as const })), { id: 'other', label: 'other', module: 'm2', type: 'obligation' },
    { id: 'axiom', label: 'axiom', module: 'm1', type: 'assumption' },
  ],
  edges: [
    { from: 'top', to: 'middle', type: 'uses' }, { from: 'middle', to: 'base', type: 'uses' }, { from: 'other', to: 'base', type: 'uses' },
    ...['top', 'middle', 'base', 'other'].map((from) => ({ from, to: 'axiom', type: 'rests-on' as const })),
  ],
  unknown: [],
};
const graph = new Graph(view);
const words = (drawn: ReturnType<Graph['draw']>): readonly string[] => drawn.edges.map(({ from, to, type }) => `${from} ${type} ${to}`).sort();

describe('what is drawn', () => {
  it('has an assumption where it enters, and the rest along the calls', () => {
    expect(words(graph.draw({ kind: 'all' }, false))).toEqual(['base rests-on axiom', 'middle call base', 'other call base', 'top call middle']);
  });
  it('keeps an assumption in sight that enters a ring of calls', () => {
    const ring = new Graph({ ...view, edges: [...view.edges, { from: 'base', to: 'top', type: 'uses' }] });
    expect(words(ring.draw({ kind: 'all' }, false)).filter((edge) => edge.includes('rests-on'))).toHaveLength(4);
  });
  it('is all that rests on an assumption, with the way to it', () => {
    const drawn = graph.draw({ kind: 'rests-on', id: 'axiom' }, false);
    expect(drawn.nodes.map(({ id }) => id).sort()).toEqual(['axiom', 'base', 'middle', 'other', 'top']);
    expect(graph.draw({ kind: 'near', id: 'top' }, true).nodes.map(({ id }) => id).sort()).toEqual(['axiom', 'middle', 'top']);
  });
  it('is modules with their imports where it is large', () => {
    const drawn = graph.draw({ kind: 'all' }, true);
    expect([drawn.nodes.map(({ label, members }) => [label, members.length]), words(drawn)]).toEqual([[['a.dfy', 3], ['b.dfy', 1]], ['m2 import m1']]);
    expect(graph.isLarge).toBe(false);
    const many = Array.from({ length: NODES_AT_MOST + 1 }, (_, index) => ({ id: `n${index}`, label: `n${index}`, module: `m${index % 7}`, type: 'obligation' as const }));
    expect(new Graph({ ...view, nodes: many, edges: [] }).isLarge).toBe(true);
  });
  it('shows of a module the worst in it, and whether anything is stale', () => {
    const table = withRows({ ...emptyTable(), index: new Map() }, [row('top', { verdict: { kind: 'proved' } }), row('middle', { verdict: { kind: 'failed' }, stale: 'edited' }), row('base', { verdict: { kind: 'not-run' } })]);
    const [module] = graph.draw({ kind: 'all' }, true).nodes;
    expect(lookOf(module!, table)).toMatchObject({ kind: 'failed', stale: true });
    expect(nodeWords(graph.nodes.get('middle')!, graph, table)).toBe('middle: failed, stale; uses 1, used by 1, rests on 1');
    expect(nodeWords(graph.nodes.get('axiom')!, graph, table)).toBe('axiom: taken on trust; 4 rest on it');
  });
});

describe('the camera', () => {
  const node = (id: string, x: number, y: number): Layout['nodes'][number] => ({ id, label: id, module: '', type: 'obligation', members: [id], x, y, width: 100 });
  const layout: Layout = { nodes: [node('a', 0, 0), node('b', 200, 0), node('c', 0, 100), node('d', 2000, 1000)], width: 2100, height: 1024 };
  const size = { width: 800, height: 600 };
  it('fits all, and never enlarges a small graph', () => {
    const camera = fit(layout, size);
    for (const { x, y } of layout.nodes) { expect((x - camera.x) * camera.scale).toBeGreaterThanOrEqual(0); expect((y - camera.y) * camera.scale).toBeLessThan(600); }
    expect(fit({ nodes: [], width: 10, height: 10 }, size).scale).toBe(1);
  });
  it('zooms at the pointer, and finds what is under it', () => {
    const camera = zoomAt({ x: 0, y: 0, scale: 1 }, 210, 10, 2);
    expect([camera.x + 210 / camera.scale, camera.y + 10 / camera.scale]).toEqual([210, 10]);
    expect(nodeAt(layout, camera, 210, 10)?.id).toBe('b');
    expect(nodeAt(layout, moved(camera, 5000, 0), 210, 10)).toBeUndefined();
  });
  it('goes to the next node with the arrows, and shows it large enough to read', () => {
    const [a] = layout.nodes;
    expect([nextTo(layout, a, 'ArrowRight')?.id, nextTo(layout, a, 'ArrowDown')?.id, nextTo(layout, a, 'ArrowLeft'), nextTo(layout, undefined, 'ArrowUp')?.id]).toEqual(['b', 'c', undefined, 'a']);
    const camera = showing(fit(layout, size), layout.nodes[3]!, size);
    expect(camera.scale).toBeGreaterThanOrEqual(0.6);
    expect(nodeAt(layout, camera, 400, 300)?.id).toBe('d');
    expect(showing({ x: 0, y: 0, scale: 1 }, layout.nodes[1]!, size)).toEqual({ x: -150, y: -288, scale: 1 });
  });
});
