/** The verdict shapes and flags as SVG symbols, once in the document; `VerdictShape` and `Flag` refer to them. */
import { ASSUMPTION_NOTCH, VERDICT_SHAPES, type VerdictShape } from '../../toolchains/verdict-shapes.ts';
import { VERDICT_KINDS } from '../../app/contract.ts';
import { FLAG_SHAPES, type FlagName } from './flag-shapes.ts';

export const symbolId = (name: string): string => `verdict-${name}`;
const flags = Object.keys(FLAG_SHAPES) as FlagName[];

function Drawing({ shape, assuming = false }: { readonly shape: VerdictShape; readonly assuming?: boolean }) {
  return (
    <>
      {shape.solid !== undefined && <path d={shape.solid} className="shape-solid" />}
      {shape.line !== undefined && <path d={shape.line} className={shape.dotted ? 'shape-line shape-dotted' : 'shape-line'} />}
      {shape.edge !== undefined && <path d={shape.edge} className="shape-edge" />}
      {shape.cut !== undefined && <path d={shape.cut} className="shape-cut" />}
      {assuming && <path d={ASSUMPTION_NOTCH} className="shape-notch" />}
    </>
  );
}

export function Symbols() {
  return (
    <svg className="symbols" aria-hidden="true" focusable="false">
      {VERDICT_KINDS.map((kind) => <symbol key={kind} id={symbolId(kind)} viewBox="0 0 16 16"><Drawing shape={VERDICT_SHAPES[kind]} /></symbol>)}
      {VERDICT_KINDS.map((kind) => <symbol key={kind} id={symbolId(`${kind}-assuming`)} viewBox="0 0 16 16"><Drawing shape={VERDICT_SHAPES[kind]} assuming /></symbol>)}
      {flags.map((name) => <symbol key={name} id={symbolId(name)} viewBox="0 0 16 16"><path d={FLAG_SHAPES[name]} className="shape-line" /></symbol>)}
    </svg>
  );
}
