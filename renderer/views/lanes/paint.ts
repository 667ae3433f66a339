/** Paints the lanes on a canvas in the theme's roles: an outcome's colour comes from the verdicts of its obligations. */
import { duration } from '../../ledger/format.ts';
import { role } from '../../theme/roles.ts';
import { AXIS_PIXELS, LANE_PIXELS, type Block } from './geometry.ts';

export interface Painted { readonly block: Block; readonly role: string; readonly selected: boolean }

export function paintLanes(context: CanvasRenderingContext2D, size: { readonly width: number; readonly height: number }, lanes: number, painted: readonly Painted[], axis: readonly { readonly x: number; readonly seconds: number }[]): void {
  const colours = new Map<string, string>();
  const colour = (name: string): string => { let found = colours.get(name); if (found === undefined) colours.set(name, found = role(name)); return found; };
  context.clearRect(0, 0, size.width, size.height);
  context.font = `11px ${role('font-code')}`;
  context.fillStyle = colour('text-muted');
  context.strokeStyle = colour('line');
  context.lineWidth = 1;
  for (const { x, seconds } of axis) {
    context.fillText(seconds === 0 ? '0' : duration(seconds), x + 3, 12);
    context.beginPath(); context.moveTo(Math.round(x) + 0.5, 0); context.lineTo(Math.round(x) + 0.5, size.height); context.stroke();
  }
  for (let lane = 0; lane <= lanes; lane++) { const y = AXIS_PIXELS + lane * LANE_PIXELS + 0.5; context.beginPath(); context.moveTo(0, y); context.lineTo(size.width, y); context.stroke(); }
  for (const { block, role: name, selected } of painted) {
    const y = AXIS_PIXELS + block.lane * LANE_PIXELS;
    if (block.type === 'gap') {
      context.fillStyle = colour('line');
      context.fillRect(block.x, y + LANE_PIXELS / 2 - 1, block.width, 2);
      continue;
    }
    context.fillStyle = colour(name);
    context.globalAlpha = block.type === 'running' ? 0.55 : 1;
    context.fillRect(block.x, y + 3, Math.max(1, block.width - (block.width > 3 ? 1 : 0)), LANE_PIXELS - 5);
    context.globalAlpha = 1;
    if (selected) { context.strokeStyle = colour('focus'); context.lineWidth = 2; context.strokeRect(block.x, y + 2, Math.max(2, block.width - 1), LANE_PIXELS - 3); context.lineWidth = 1; }
  }
}
