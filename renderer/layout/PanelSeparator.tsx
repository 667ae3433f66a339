/** The line between two panels: dragged, or moved with the arrow keys; a double click brings the first size back. */
import { Separator } from 'react-resizable-panels';

export function PanelSeparator({ orientation, label }: { readonly orientation: 'horizontal' | 'vertical'; readonly label: string }) {
  return <Separator className={`separator separator-${orientation}`} aria-label={label} />;
}
