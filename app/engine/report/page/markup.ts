/** HTML as text: every value is escaped unless it is markup already, so that hostile names and messages stay text. */
import { printable } from '../../repository/printable.ts';

export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | undefined | false | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For text and for quoted attribute values. Line ends stay; what could hide or reorder text is shown as its escape. */
export function escaped(text: string): string {
  return text.split('\n').map((line) => printable(line.replaceAll('\t', '    ').replace(/\r$/, ''))).join('\n').replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, at) => text + (at < parts.length ? textOf(parts[at]) : '')).join(''));
}

function textOf(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return (part as readonly Part[]).map(textOf).join('');
  return escaped(String(part));
}
