/** What `assay install` says, and that usage errors are usage errors. */
import { describe, expect, it } from 'vitest';
import { installCommand, sentence } from '../../app/cli/install.ts';
import { renderDoctor } from '../../app/cli/render-doctor.ts';

const installed = { tool: 'z3', version: '4.13.3', path: '/home/tools/z3/4.13.3', already: false } as const;

describe('the words of install', () => {
  it('tell what was known of the checksum, and never call a recorded one published', () => {
    expect(sentence({ ...installed, checked: { sha256: 'ab', by: 'published' } })).toBe('z3 4.13.3 is installed: /home/tools/z3/4.13.3\n  its checksum is the published one (SHA-256 ab)\n');
    for (const by of ['recorded', 'first use'] as const) expect(sentence({ ...installed, checked: { sha256: 'ab', by } })).not.toContain('is the published one');
    expect(sentence({ ...installed, checked: { sha256: 'ab', by: 'first use' } })).toContain('no published checksum is known');
    expect(sentence({ ...installed, already: true, note: 'and more' })).toBe('z3 4.13.3 is there already: /home/tools/z3/4.13.3\n  and more\n');
  });
  it('refuse what is not understood', async () => {
    await expect(installCommand(['z3', 'dafny'])).rejects.toThrow('one tool at a time');
    await expect(installCommand(['z3', '--form', 'x'])).rejects.toThrow();
    await expect(installCommand(['coq'])).rejects.toThrow('is no tool that can be installed');
  });
});

describe('doctor', () => {
  const view = { version: '1', node: 'v20', home: '/h', platform: 'linux-x64', cores: 2, memoryMb: 1024, toolchains: [] };
  const style = { color: false, unicode: false, width: Infinity };
  it('says which sandbox there is, or why none and what to do', () => {
    expect(renderDoctor({ ...view, sandbox: { kind: 'bubblewrap', path: '/usr/bin/bwrap', version: '0.8.0' } }, style)).toContain('Sandbox: ready\n  + bubblewrap 0.8.0  /usr/bin/bwrap');
    expect(renderDoctor({ ...view, sandbox: { missing: 'bubblewrap is not installed', remedy: 'apt install bubblewrap' } }, style)).toContain('Sandbox: none: code of a repository is not run\n  bubblewrap is not installed. apt install bubblewrap');
  });
});
