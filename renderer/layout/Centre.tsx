/** The centre: tabs that split, move and come back. Tabs close by their button, the Delete key, or the middle button. */
import { useCallback, useEffect, useMemo } from 'react';
import { normalizeWorkspaceModel, useWorkspaceRef, Workspace, type TabNode, type TabRenderProps, type WorkspaceModel, type WorkspaceModelInput } from 'react-resizable-panels';
import { X } from 'lucide-react';
import { useSession, useWindow } from '../session/react.ts';
import type { CentreTabs } from './centre-tabs.ts';
import { placeId } from './places.ts';
import { PanelSeparator } from './PanelSeparator.tsx';
import { tabKind } from './tab-kinds.tsx';

type Tab = TabNode<undefined>;

const tabOf = (id: string): Tab => {
  const found = tabKind(id);
  return { id, title: found?.kind.title(found.argument) ?? id, data: undefined };
};
const FIRST: WorkspaceModelInput<undefined> = { version: 1, root: { type: 'tabset', id: 'first', tabs: [tabOf('start')], selectedId: 'start' } };

export function Centre() {
  const session = useSession();
  const workspace = useWorkspaceRef<undefined>();
  const model = useMemo(() => restored(session.get().layout.centre), [session]);

  useEffect(() => {
    const tabs: CentreTabs = {
      open: (tab) => { tabs.openTab(tab); },
      openTab(id) {
        const handle = workspace.current;
        if (!handle || !tabKind(id)) return;
        if (hasTab(handle.getModel(), id)) handle.selectTab(id);
        else handle.addTab(tabOf(id), { select: true });
      },
      openFile(file) { tabs.openTab(`editor:${file}`); },
      closeActive() {
        const handle = workspace.current;
        const active = handle && tabsetsOf(handle.getModel().root).find((tabset) => tabset.id === handle.getActiveTabsetId());
        if (active?.selectedId !== undefined) handle?.closeTab(active.selectedId);
      },
    };
    session.centre = tabs;
    return () => { session.centre = undefined; };
  }, [session, workspace]);

  const keep = useCallback((changed: WorkspaceModel<undefined>) => {
    session.update((state) => ({ ...state, layout: { ...state.layout, centre: changed } }));
  }, [session]);
  const content = useCallback((tab: Tab) => {
    const found = tabKind(tab.id);
    return found ? found.kind.show(found.argument) : null;
  }, []);
  const renderTab = useCallback((tab: Tab, props: TabRenderProps) => <TabLabel tab={tab} props={props} close={() => { workspace.current?.closeTab(tab.id); }} />, [workspace]);

  return (
    <main id={placeId('centre')} className="centre" tabIndex={-1} aria-label="Centre">
      <Workspace<undefined>
        className="workspace" defaultModel={model} workspaceRef={workspace} onModelChanged={keep} renderTab={renderTab} renderTabContent={content} renderSeparator={separator}
        renderEmptyTabset={empty} hiddenTabBehavior="activity" lazyTabContent tabRemovalSelectionBehavior="recent" tabsetMinWidth="240px" tabsetMinHeight="80px" classNames={CLASSES}
      />
    </main>
  );
}

const CLASSES = { tabset: 'tabset', header: 'tabset-header', tabList: 'tab-list', tab: 'tab', tabPanels: 'tab-panels', tabContent: 'tab-content', dropIndicator: 'drop-indicator', dragPreview: 'drag-preview' };
const separator = (orientation: 'horizontal' | 'vertical') => <PanelSeparator orientation={orientation} label="Resize the parts of the centre" />;
const empty = () => <p className="empty">Nothing is open here. Ctrl+Shift+P lists everything that can be.</p>;

function TabLabel({ tab, props, close }: { readonly tab: Tab; readonly props: TabRenderProps; readonly close: () => void }) {
  const unsaved = useWindow((state) => tab.id.startsWith('editor:') && state.unsaved[tab.id.slice('editor:'.length)] !== undefined);
  return (
    <div {...props} onAuxClick={(event) => { if (event.button === 1) close(); }} title={unsaved ? `${tab.title}: edits that are not saved` : tab.title}>
      {unsaved && <span className="tab-unsaved" aria-hidden="true" />}
      <span className="tab-title">{tab.title}</span>{unsaved && <span className="unseen"> (not saved)</span>}
      {/* For the pointer only: within a tab nothing may take the focus; by keyboard the Delete key closes. */}
      <span className="tab-close" data-tab-ignore aria-hidden="true" onPointerDown={(event) => { event.stopPropagation(); }} onClick={(event) => { event.stopPropagation(); close(); }}><X size={12} /></span>
    </div>
  );
}

/** Tabs whose kind is no longer known are left out; anything unreadable gives the first model. */
function restored(kept: unknown): WorkspaceModelInput<undefined> {
  if (kept === undefined) return FIRST;
  const model = normalizeWorkspaceModel<undefined>(kept, { mapTab: (tab) => (tabKind(tab.id) ? tabOf(tab.id) : null) });
  return model && tabsetsOf(model.root).some((tabset) => tabset.tabs.length > 0) ? model : FIRST;
}

type Node = WorkspaceModel<undefined>['root'];
function tabsetsOf(node: Node): Extract<Node, { type: 'tabset' }>[] {
  return node.type === 'tabset' ? [node] : node.children.flatMap(tabsetsOf);
}

function hasTab(model: WorkspaceModel<undefined>, id: string): boolean {
  return tabsetsOf(model.root).some((tabset) => tabset.tabs.some((tab) => tab.id === id)) || (model.floating ?? []).some((tabset) => tabset.tabs.some((tab) => tab.id === id));
}
