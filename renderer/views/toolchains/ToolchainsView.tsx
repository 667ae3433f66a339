/** The doctor: what is found, what is missing and what to do; installing; the setup as text to copy. */
import { useEffect } from 'react';
import type { DoctorView, ToolchainView } from '../../../app/contract.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { copyText } from '../../session/inspect.ts';
import { install, installFrom, loadDoctor } from '../../session/machine.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { valueOf } from '../../store/loadable.ts';
import { InstallJobs } from './InstallJobs.tsx';

export function ToolchainsView() {
  const session = useSession();
  const doctor = useWindow((state) => state.doctor);
  useEffect(() => { void loadDoctor(session); }, [session]);
  return (
    <div className="page" tabIndex={-1}>
      <Loaded of={doctor} what="what is installed" again={() => { void loadDoctor(session); }}>{(view) => <Doctor view={view} />}</Loaded>
    </div>
  );
}

function Doctor({ view }: { readonly view: DoctorView }) {
  const session = useSession();
  const looking = useWindow((state) => state.doctor.state === 'loading');
  return (
    <>
      <h1>Toolchains</h1>
      <div className="actions">
        <button type="button" className="button" data-first-focus disabled={looking} onClick={() => { void loadDoctor(session); }}>{looking ? 'Looking…' : 'Look again'}</button>
        <button type="button" className="button" onClick={() => { void copyText(session, view.text, 'the setup report'); }}>Copy setup report</button>
      </div>
      <dl className="facts">
        <div><dt>Assay</dt><dd>{view.version}, Node {view.node}, {view.platform}, {view.cores} cores, {Math.round(view.memoryMb / 1024)} GiB</dd></div>
        <div><dt>Results</dt><dd><code>{view.home}</code></dd></div>
        <div><dt>Sandbox</dt><dd>{'missing' in view.sandbox ? <span className="role-amber">{view.sandbox.missing}. {view.sandbox.remedy}</span> : `${view.sandbox.kind} ${view.sandbox.version}`}</dd></div>
      </dl>
      {view.notices.map((notice) => <p key={notice} className="role-amber">{notice}</p>)}
      <InstallJobs />
      {view.toolchains.map((toolchain) => <Toolchain key={toolchain.toolchain} toolchain={toolchain} />)}
      <Recipes />
    </>
  );
}

function Toolchain({ toolchain }: { readonly toolchain: ToolchainView }) {
  const session = useSession();
  return (
    <section>
      <h2>{toolchain.name} <span className={toolchain.ready ? 'role-green' : 'role-amber'}>{toolchain.ready ? 'ready' : 'not ready'}</span></h2>
      {toolchain.tools.length > 0 && (
        <table className="list">
          <thead><tr><th scope="col">Program</th><th scope="col">Version</th><th scope="col">Where</th><th scope="col">State</th></tr></thead>
          <tbody>{toolchain.tools.map((tool) => (
            <tr key={`${tool.path} ${tool.id}`}><td>{tool.id}</td><td className="number">{tool.version}</td><td><code>{tool.path}</code></td><td className={tool.unfit === undefined ? '' : 'role-amber'}>{tool.unfit ?? (tool.embedded ? 'embedded' : 'used')}</td></tr>
          ))}</tbody>
        </table>
      )}
      {toolchain.missing.length > 0 && <ul className="plain">{toolchain.missing.map((tool) => (
        <li key={tool.id} className="plan-line"><span><strong>{tool.id}</strong>: {tool.why}. {tool.remedy}</span>
          {tool.install !== undefined && <button type="button" className="button" onClick={() => { void install(session, tool.install!); }}>Install {tool.install}</button>}</li>
      ))}</ul>}
    </section>
  );
}

function Recipes() {
  const session = useSession();
  const recipes = useWindow((state) => valueOf(state.recipes)) ?? [];
  const chooses = useWindow((state) => state.info?.can.chooseFiles === true);
  if (recipes.length === 0) return null;
  return (
    <section>
      <h2>Pinned versions that can be installed</h2>
      <table className="list">
        <thead><tr><th scope="col">Tool</th><th scope="col">Version</th><th scope="col">State</th><th scope="col">Install</th></tr></thead>
        <tbody>{recipes.map((recipe) => (
          <tr key={`${recipe.tool}@${recipe.version}`}>
            <td>{recipe.tool}</td><td className="number">{recipe.version}</td><td>{recipe.installed ? 'installed' : recipe.unavailable ?? recipe.note ?? ''}</td>
            <td>{!recipe.installed && recipe.unavailable === undefined && <>
              <button type="button" className="link" onClick={() => { void install(session, `${recipe.tool}@${recipe.version}`); }}>Install<span className="unseen"> {recipe.tool} {recipe.version}</span></button>
              {chooses && <> <button type="button" className="link" onClick={() => { void installFrom(session, `${recipe.tool}@${recipe.version}`); }}>from a file…<span className="unseen"> {recipe.tool} {recipe.version}</span></button></>}
            </>}</td>
          </tr>
        ))}</tbody>
      </table>
    </section>
  );
}
