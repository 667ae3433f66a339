/** Settings, each with what it does. They hold at once, but for cores, which hold from the engine's next start. */
import { Loaded } from '../../parts/Loaded.tsx';
import type { Settings } from '../../../app/contract.ts';
import { changeSettings } from '../../session/machine.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { KeySettings } from './KeySettings.tsx';
import { NumberField } from './NumberField.tsx';

const THEMES: readonly (readonly [Settings['theme'], string])[] = [['system', 'as the system'], ['light', 'light'], ['dark', 'dark'], ['contrast', 'high contrast']];
const EFFORTS: readonly (readonly [Settings['effort'], string])[] = [
  [0, '0: one engine, 2 s'], [1, '1: engines in turn, 10 s'], [2, '2: raced, 30 s, counterexamples'], [3, '3: assertions apart, seeds and solver versions, 120 s'], [4, '4: as 3, 600 s'],
];
const VERIFY_ON: readonly (readonly [Settings['verifyOn'], string])[] = [['ask', 'when asked'], ['save', 'on saving'], ['pause', 'on a pause while typing']];

export function SettingsView() {
  const settings = useWindow((state) => state.settings);
  return (
    <div className="page settings" tabIndex={-1}>
      <h1>Settings</h1>
      <Loaded of={settings ? { state: 'ready', value: settings } : { state: 'loading' }} what="the settings">{(value) => <Fields settings={value} />}</Loaded>
    </div>
  );
}

function Fields({ settings }: { readonly settings: Settings }) {
  const session = useSession();
  const cores = useWindow((state) => state.info?.cores ?? 1);
  const set = (change: Partial<Settings>): void => { void changeSettings(session, change); };
  return (
    <>
      <section aria-labelledby="settings-run">
        <h2 id="settings-run">Running</h2>
        <label className="setting"><span>Effort</span><select className="field" value={settings.effort} onChange={(event) => { set({ effort: Number(event.target.value) as Settings['effort'] }); }}>{EFFORTS.map(([value, words]) => <option key={value} value={value}>{words}</option>)}</select></label>
        <NumberField label="Time for each obligation and attempt" unit="s (empty: the effort’s)" value={settings.wallSeconds} minimum={1} maximum={31_536_000} optional change={(wallSeconds) => { set({ wallSeconds }); }} />
        <NumberField label="Memory for each process tree" unit="MiB" value={settings.memoryMb} minimum={16} maximum={16_777_216} change={(memoryMb) => { if (memoryMb !== undefined) set({ memoryMb }); }} />
        <NumberField label={`Cores that runs may use, of ${cores}`} unit="(0: all; from the next start)" value={settings.cores} minimum={0} maximum={4096} change={(value) => { if (value !== undefined) set({ cores: value }); }} />
        <label className="setting"><span>Verify what is edited</span><select className="field" value={settings.verifyOn} onChange={(event) => { set({ verifyOn: event.target.value as Settings['verifyOn'] }); }}>{VERIFY_ON.map(([value, words]) => <option key={value} value={value}>{words}</option>)}</select></label>
        <label className="setting"><span>Answers of language servers while one types</span><input type="checkbox" checked={settings.live} onChange={() => { set({ live: !settings.live }); }} /></label>
        <NumberField label="A notice at the end of runs longer than" unit="s" value={settings.notifyAfterSeconds} minimum={0} maximum={86_400} change={(value) => { if (value !== undefined) set({ notifyAfterSeconds: value }); }} />
      </section>
      <section aria-labelledby="settings-look">
        <h2 id="settings-look">Look</h2>
        <label className="setting"><span>Theme</span><select className="field" value={settings.theme} onChange={(event) => { set({ theme: event.target.value as Settings['theme'] }); }}>{THEMES.map(([value, words]) => <option key={value} value={value}>{words}</option>)}</select></label>
        <NumberField label="Size of text" unit="px" value={settings.fontSize} minimum={10} maximum={24} change={(value) => { if (value !== undefined) set({ fontSize: value }); }} />
      </section>
      <KeySettings settings={settings} />
    </>
  );
}
