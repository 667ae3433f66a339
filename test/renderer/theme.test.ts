/** The colours as numbers: contrast after WCAG 2.2, and verdict roles apart as the colour-blind see them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../renderer/theme/roles.css'), 'utf8');
const THEMES = ['light', 'dark', 'contrast'] as const;
const GROUNDS = ['surface', 'surface-raised', 'surface-sunken', 'surface-hover', 'surface-selected', 'surface-overlay'];
const VERDICTS = ['green', 'blue', 'red', 'amber', 'violet', 'grey'].map((role) => `verdict-${role}`);
type Colour = readonly [number, number, number];

function rolesOf(theme: string): Map<string, string> {
  const block = css.match(new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`))?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1]!, match[2]!]));
}

function colour(theme: string, role: string): Colour {
  const hex = rolesOf(theme).get(role)?.match(/^#([0-9a-f]{6})$/)?.[1];
  if (hex === undefined) throw new Error(`${theme}: --${role} is no plain colour`);
  return [0, 2, 4].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Colour;
}

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]: Colour): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(a: Colour, b: Colour): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Severity 1.0, linear RGB: Machado, Oliveira, Fernandes 2009. */
const SIGHT: Readonly<Record<string, readonly number[]>> = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function seen([r, g, b]: Colour, m: readonly number[]): Colour {
  const row = (at: number): number => Math.min(1, Math.max(0, m[at]! * r + m[at + 1]! * g + m[at + 2]! * b));
  return [row(0), row(3), row(6)];
}

/** Distance in OKLab; 0.02 is about what one just sees. */
function distance(a: Colour, b: Colour): number {
  const [x, y] = [oklab(a), oklab(b)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

function oklab([r, g, b]: Colour): Colour {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s];
}

describe.each(THEMES)('the %s theme', (theme) => {
  it('has every role that the light one has', () => {
    expect([...rolesOf(theme).keys()].sort()).toEqual([...rolesOf('light').keys()].sort());
  });
  it.each(GROUNDS)('text and verdicts reach 4.5:1 on %s', (ground) => {
    const low = ['text', 'text-muted', 'text-link', ...VERDICTS].map((role) => [role, contrast(colour(theme, role), colour(theme, ground))] as const).filter(([, ratio]) => ratio < 4.5);
    expect(low).toEqual([]);
  });
  it('text on the accent reaches 4.5:1, focus and strong lines 3:1', () => {
    expect(contrast(colour(theme, 'text-on-accent'), colour(theme, 'accent'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour(theme, 'text-on-accent'), colour(theme, 'accent-hover'))).toBeGreaterThanOrEqual(4.5);
    for (const ground of GROUNDS) {
      expect(contrast(colour(theme, 'focus'), colour(theme, ground))).toBeGreaterThanOrEqual(3);
      expect(contrast(colour(theme, 'line-strong'), colour(theme, ground)), ground).toBeGreaterThanOrEqual(3);
    }
  });
  it.each(Object.keys(SIGHT))('verdict roles stay apart with %s', (sight) => {
    const near: string[] = [];
    VERDICTS.forEach((one, index) => {
      for (const other of VERDICTS.slice(index + 1)) {
        const apart = distance(seen(colour(theme, one), SIGHT[sight]!), seen(colour(theme, other), SIGHT[sight]!));
        if (apart < 0.06) near.push(`${one} ${other} ${apart.toFixed(3)}`);
      }
    });
    expect(near).toEqual([]);
  });
});
