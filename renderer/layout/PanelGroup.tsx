/** Panels side by side or stacked, whose sizes are kept for each set of panels that is shown. */
import { Fragment, type ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import { useSession } from '../session/react.ts';
import { PanelSeparator } from './PanelSeparator.tsx';

export interface PanelPart {
  readonly id: string;
  readonly content: ReactNode;
  /** Pixels; the part without one takes what is left. */
  readonly size?: number;
  readonly minimum: number;
}

export function PanelGroup({ name, orientation, parts }: { readonly name: string; readonly orientation: 'horizontal' | 'vertical'; readonly parts: readonly PanelPart[] }) {
  const session = useSession();
  const key = `${name}:${parts.map((part) => part.id).join(',')}`;
  const keepSizes = (sizes: Record<string, number>, meta: { readonly isUserInteraction: boolean }): void => {
    if (meta.isUserInteraction) session.update((state) => ({ ...state, layout: { ...state.layout, sizes: { ...state.layout.sizes, [key]: sizes } } }));
  };
  return (
    <Group key={key} id={`group-${name}`} className="panel-group" orientation={orientation} defaultLayout={session.get().layout.sizes[key]} onLayoutChanged={keepSizes}>
      {parts.map((part, index) => (
        <Fragment key={part.id}>
          {index > 0 && <PanelSeparator orientation={orientation} label={`Resize ${parts[index - 1]!.id} and ${part.id}`} />}
          <Panel id={part.id} className="panel" minSize={part.minimum} {...(part.size === undefined ? {} : { defaultSize: part.size, groupResizeBehavior: 'preserve-pixel-size' as const })}>{part.content}</Panel>
        </Fragment>
      ))}
    </Group>
  );
}
