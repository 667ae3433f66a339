/** Answers about documents while they are edited: live, from the tools' language servers. */
import { z } from 'zod';
import { definition, goals, outlineEntry, suggestedState } from '../../contract/live.ts';
import { sessionOf, type Answers, type HostState } from '../answers.ts';

export function liveAnswers(state: HostState): Answers<'live'> {
  const { live } = state;
  return {
    'live.open': ({ repository, file, version, text }, { closed }) => live.open(sessionOf(state, repository), { file, version, text }, closed),
    'live.change': ({ token, version, text }) => { live.change(token, { version, text }); return {}; },
    'live.close': async ({ token }) => { await live.closeDocument(token); return {}; },
    'live.hover': async ({ token, version, at }) => { const hover = await live.ask(token, version, (editor, file) => editor.hover({ file, version, at })); return hover ? { hover: { ...hover } } : {}; },
    'live.definition': async ({ token, version, at }) => {
      const places = await live.ask(token, version, (editor, file) => editor.definition({ file, version, at }));
      return places ? { places: z.array(definition).parse(places) } : {};
    },
    'live.outline': async ({ token, version }) => {
      const entries = await live.ask(token, version, (editor, file) => editor.outline({ file, version }));
      return entries ? { entries: z.array(outlineEntry).parse(entries) } : {};
    },
    'live.counterexamples': async ({ token, version }) => {
      const states = await live.ask(token, version, (editor, file) => editor.counterexamples({ file, version }));
      return states ? { states: z.array(suggestedState).parse(states) } : {};
    },
    'live.goals': async ({ token, version, at }) => {
      const found = await live.ask(token, version, (editor, file) => editor.goals({ file, version, at }));
      return found ? { goals: goals.parse(found) } : {};
    },
  };
}
