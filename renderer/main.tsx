/** Starts the window: the bridge, the session over it, the keys, and what is drawn. */
import { createRoot } from 'react-dom/client';
import './theme/roles.css';
import './theme/base.css';
import './theme/layout.css';
import './theme/verdict.css';
import './theme/parts.css';
import './theme/views.css';
import './theme/waveform.css';
import './theme/editor.css';
import './theme/synthesis.css';
import { connect } from './bridge/connect.ts';
import { listenToKeys } from './commands/registry.ts';
import { App } from './layout/App.tsx';
import { beginSession } from './session/begin.ts';
import { SessionContext } from './session/react.ts';
import { createSession } from './session/session.ts';
import { followSystem } from './theme/roles.ts';
import { registerEditor } from './views/editor/tab.tsx';
import { registerWaveform } from './views/waveform/tab.tsx';

registerEditor();
registerWaveform();
const session = createSession(connect());
followSystem();
listenToKeys(session, window);
beginSession(session);
createRoot(document.getElementById('window')!).render(<SessionContext value={session}><App /></SessionContext>);
