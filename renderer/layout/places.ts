/** The places of the window, for keys that go to them. A hidden place is shown first. */
import type { Session } from '../session/session.ts';

export type Place = 'top' | 'side' | 'centre' | 'inspector' | 'bottom';
export const placeId = (place: Place): string => `place-${place}`;
const FOCUSABLE = 'button:not([disabled]), [href], input:not([disabled]), select:not([disabled]), textarea, [tabindex="0"]';

export function focusPlace(session: Session, place: Place): void {
  if (place === 'side' || place === 'inspector' || place === 'bottom') session.update((state) => (state.layout[place] ? state : { ...state, layout: { ...state.layout, [place]: true } }));
  // After the panel has been drawn.
  requestAnimationFrame(() => {
    const element = document.getElementById(placeId(place));
    (visible(element, '[data-first-focus]') ?? visible(element, FOCUSABLE) ?? element)?.focus();
  });
}

/** Not of a tab that is hidden behind another. */
function visible(element: HTMLElement | null, selector: string): HTMLElement | undefined {
  return [...element?.querySelectorAll<HTMLElement>(selector) ?? []].find((one) => one.getClientRects().length > 0);
}
