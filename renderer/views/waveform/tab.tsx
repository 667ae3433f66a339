/** The waveform as a tab of the centre, named after its property. */
import { registerTabKind } from '../../layout/tab-kinds.tsx';
import { WaveformView } from './WaveformView.tsx';

export const waveformTab = (obligation: string): string => `waveform:${obligation}`;

export function registerWaveform(): void {
  registerTabKind({ id: 'waveform', title: (obligation) => `Waveform ${obligation.slice(obligation.lastIndexOf('#') + 1)}`, show: (obligation) => <WaveformView obligation={obligation} /> });
}
