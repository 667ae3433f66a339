/** Saves what the window shows, as a browser saves: the user's own dialog or download folder decides where. */
import type { Session } from './session.ts';

export function saveBytes(bytes: BlobPart, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun when the click returns.
  setTimeout(() => { URL.revokeObjectURL(url); }, 1000);
}

export async function savePicture(session: Session, canvas: HTMLCanvasElement | null): Promise<void> {
  const blob = canvas && await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/png'); });
  if (blob) saveBytes(blob, 'waveform.png', 'image/png');
  else session.notify({ severity: 'error', message: 'The picture could not be made', remedy: 'Make the panel larger and try again' });
}
