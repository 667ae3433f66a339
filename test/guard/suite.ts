/**
 * Cheats and honest proofs as data, open to more: `suite/LANGUAGE-*.txt`. A file has one base and any number of cases:
 *
 *   @file a.dfy                      name of the changed file
 *   @other b.dfy                     a further file of the project (text follows)
 *   @base                            text follows
 *   @cheat NAME | rule               refused, with this rule among the reasons (several: any of them, separated by spaces)
 *   @honest NAME                     accepted
 *   @replace / @with                 edits of the base, each found exactly once; or
 *   @append                          text put behind the base; or
 *   @candidate                       the whole text
 *   @caps resource=20   @imports A B   for one case
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Question } from './request.ts';

export interface SuiteCase { readonly source: string; readonly name: string; readonly rules: readonly string[]; readonly question: Question }

const folder = join(import.meta.dirname, 'suite');

export function suiteCases(language: string): readonly SuiteCase[] {
  return readdirSync(folder).filter((name) => name.startsWith(`${language}-`)).sort().flatMap((name) => parse(language, name, readFileSync(join(folder, name), 'utf8')));
}

interface Draft { name: string; rules: string[]; candidate: string; caps: Record<string, number>; imports: string[] }

function parse(toolchain: string, source: string, text: string): SuiteCase[] {
  const sections = text.split(/^@(?=[a-z]+\b)/m).slice(1).map((section) => {
    const line = section.indexOf('\n');
    const [, word, rest] = /^([a-z]+)\s*(.*)$/.exec(section.slice(0, line))!;
    return { word: word!, rest: rest!.trim(), body: section.slice(line + 1) };
  });
  let [file, base, found] = ['', '', undefined as string | undefined];
  const others: Record<string, string> = {};
  const drafts: Draft[] = [];
  const latest = (): Draft => drafts[drafts.length - 1]!;
  for (const { word, rest, body } of sections) {
    switch (word) {
      case 'file': file = rest; break;
      case 'other': others[rest] = body; break;
      case 'base': base = body; break;
      case 'cheat': { const [name, rules] = rest.split('|'); drafts.push({ name: name!.trim(), rules: rules!.trim().split(/\s+/), candidate: base, caps: {}, imports: [] }); break; }
      case 'honest': drafts.push({ name: rest, rules: [], candidate: base, caps: {}, imports: [] }); break;
      case 'replace': found = body.replace(/\n$/, ''); break;
      case 'with': {
        const parts = latest().candidate.split(found!);
        if (parts.length !== 2) throw new Error(`${source}: ${latest().name}: "${found}" stands ${parts.length - 1} times in the text`);
        latest().candidate = parts.join(body.replace(/\n$/, ''));
        break;
      }
      case 'append': latest().candidate += body; break;
      case 'candidate': latest().candidate = body; break;
      case 'caps': for (const pair of rest.split(/\s+/)) latest().caps[pair.split('=')[0]!] = Number(pair.split('=')[1]); break;
      case 'imports': latest().imports = rest.split(/\s+/); break;
      default: throw new Error(`${source}: @${word} is not known`);
    }
  }
  return drafts.map(({ name, rules, candidate, caps, imports }) => ({ source, name, rules, question: { toolchain, file, base, candidate, others, caps, allowedImports: imports } }));
}
