/**
 * Reads an .sby into the lines that hold for one task: `tag:` prefixes and blocks, the [tasks] section, and pycode.
 * Semantics: SymbiYosys reference, "Tasks section" and "Pycode blocks". Every line keeps its place in the file.
 */
export interface SbyLine {
  /** 1-based; lines that pycode printed have the line of its end. */
  readonly line: number;
  readonly text: string;
}

export interface SbyTask { readonly name: string; readonly tags: readonly string[]; readonly isDefault: boolean }

/** Something wrong with the file itself. */
export interface SbyProblem { readonly line: number; readonly message: string }

export interface Expansion {
  readonly lines: readonly SbyLine[];
  readonly tasks: readonly SbyTask[];
  readonly problems: readonly SbyProblem[];
  /** Lines of pycode blocks that hold for this task; where there is no runner they printed nothing. */
  readonly pycode: readonly number[];
  /** True where pycode that was not run stands before the end of [tasks]: the list of tasks is not known. */
  readonly tasksUnknown: boolean;
}

/** Runs one pycode block and gives the lines that it printed by `output()`, or what went wrong. */
export type PycodeRunner = (code: string, task: string | undefined, tags: readonly string[]) => Promise<readonly string[] | { readonly problem: string }>;

const PATTERN_CHARACTERS = /[(?*.[\]|)]/;

class Expander {
  readonly lines: SbyLine[] = [];
  readonly problems: SbyProblem[] = [];
  readonly pycode: number[] = [];
  readonly names: string[] = [];
  readonly tagsOf = new Map<string, Set<string>>();
  readonly allTags = new Set<string>();
  readonly active: Set<string>;
  tasksUnknown = false;
  private inTasks = false;
  private sawTasks = false;
  private sawSection = false;
  private inBlock = false;
  private skipsBlock = false;
  private code: { start: number; text: string[]; skipped: boolean } | undefined;

  constructor(private readonly task: string | undefined, private readonly runner: PycodeRunner | undefined) {
    this.active = new Set(task === undefined ? [] : [task]);
  }

  async feed(text: string, line: number): Promise<void> {
    if (this.code) return this.continueCode(text, line);
    if (text === '--pycode-begin--') { this.code = { start: line, text: [], skipped: this.skipsBlock }; return; }
    if (this.inTasks && text.startsWith('[')) this.inTasks = false;
    if (this.inBlock && text.trimEnd() === '--') { this.inBlock = false; this.skipsBlock = false; return; }

    // In [tasks] "name: tag" gives a tag to a task; it does not ask for one.
    const tagged = this.inTasks ? undefined : this.untag(text);
    if (tagged) {
      if (tagged.rest === '') { this.inBlock = true; this.skipsBlock = !tagged.match; return; }
      if (!tagged.match) return;
      text = tagged.rest;
    } else if (!this.inTasks && this.allTags.size > 0 && /^[^\s:]+:(\s|$)/.test(text)) {
      this.problems.push({ line, message: `"${text.split(':')[0]}:" is not the name of a task or a tag` });
      return;
    }
    if (this.skipsBlock && !tagged) return;
    if (this.inTasks) { this.taskLine(text, line); return; }
    if (text.trimEnd() === '[tasks]') { this.inTasks = true; this.sawTasks = true; return; }
    if (text.startsWith('[')) this.sawSection = true;
    this.lines.push({ line, text });
  }

  private async continueCode(text: string, line: number): Promise<void> {
    const code = this.code!;
    if (text !== '--pycode-end--') { code.text.push(text); return; }
    this.code = undefined;
    if (code.skipped) return;
    this.pycode.push(code.start);
    if (!this.runner) {
      if (this.inTasks || (!this.sawTasks && !this.sawSection)) this.tasksUnknown = true;
      return;
    }
    const printed = await this.runner(code.text.join('\n'), this.task, [...this.active]);
    if ('problem' in printed) { this.problems.push({ line: code.start, message: `pycode: ${printed.problem}` }); return; }
    for (const each of printed) for (const one of each.split('\n')) await this.feed(one, line);
  }

  finish(line: number): void {
    if (this.code) this.problems.push({ line: this.code.start, message: '--pycode-begin-- without --pycode-end--' });
    void line;
  }

  /** Longest tag first, so that "a:b" style names cannot be cut short. */
  private untag(text: string): { readonly match: boolean; readonly rest: string } | undefined {
    const colon = text.indexOf(':');
    if (colon <= 0) return undefined;
    const negated = text.startsWith('~');
    const tag = text.slice(negated ? 1 : 0, colon);
    if (!this.allTags.has(tag)) return undefined;
    return { match: this.active.has(tag) !== negated, rest: text.slice(colon + 1).trim() };
  }

  /** "task tag tag", or "task task : tag tag"; a task word with pattern characters names those already listed that it matches. */
  private taskLine(text: string, line: number): void {
    if (/^\s*(#|$)/.test(text)) return;
    const colon = text.indexOf(':');
    const left = (colon < 0 ? text : text.slice(0, colon)).split(/\s+/).filter(Boolean);
    const right = colon < 0 ? left.splice(1) : text.slice(colon + 1).split(/\s+/).filter(Boolean);
    for (const tag of right) this.allTags.add(tag);
    for (const word of left) {
      let matches = (name: string): boolean => name === word;
      if (PATTERN_CHARACTERS.test(word)) {
        try {
          const pattern = new RegExp(`^(?:${word})$`);
          matches = name => pattern.test(name);
        } catch { this.problems.push({ line, message: `"${word}" is not a pattern` }); continue; }
      } else if (!this.tagsOf.has(word)) {
        this.names.push(word);
        this.allTags.add(word);
        this.tagsOf.set(word, new Set());
      }
      for (const [name, tags] of this.tagsOf) if (matches(name)) for (const tag of right) tags.add(tag);
      if (this.task !== undefined && matches(this.task)) for (const tag of right) this.active.add(tag);
    }
  }
}

/** @param task undefined for a file without tasks, and to list the tasks. */
export async function expandSby(content: string, task: string | undefined, runner?: PycodeRunner): Promise<Expansion> {
  const expander = new Expander(task, runner);
  const all = content.split(/\r?\n/);
  for (const [index, text] of all.entries()) await expander.feed(text, index + 1);
  expander.finish(all.length);
  return {
    lines: expander.lines, problems: expander.problems, pycode: expander.pycode, tasksUnknown: expander.tasksUnknown,
    tasks: expander.names.map(name => {
      const tags = expander.tagsOf.get(name) ?? new Set<string>();
      return { name, tags: [...tags], isDefault: tags.has('default') };
    }),
  };
}
