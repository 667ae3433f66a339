/** A few fixed tabs: arrows move between them, one panel shows the chosen. */
import type { KeyboardEvent, ReactNode } from 'react';

export interface TabTitle<Id extends string> { readonly id: Id; readonly title: string; readonly count?: number }
interface TabsProps<Id extends string> {
  readonly name: string;
  readonly label: string;
  readonly tabs: readonly TabTitle<Id>[];
  readonly active: Id;
  readonly choose: (id: Id) => void;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Tabs<Id extends string>({ name, label, tabs, active, choose, tools, children }: TabsProps<Id>) {
  const pressed = (event: KeyboardEvent<HTMLDivElement>): void => {
    const now = tabs.findIndex((tab) => tab.id === active);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = tabs[(next + tabs.length) % tabs.length]!;
    choose(tab.id);
    document.getElementById(`${name}-tab-${tab.id}`)?.focus();
  };
  return (
    <div className="tabs">
      <div className="tabs-head">
        <div role="tablist" aria-label={label} className="tabs-list" onKeyDown={pressed}>
          {tabs.map((tab) => (
            <button key={tab.id} type="button" role="tab" id={`${name}-tab-${tab.id}`} className="tabs-tab" aria-selected={tab.id === active} {...(tab.id === active ? { 'aria-controls': `${name}-panel` } : {})} tabIndex={tab.id === active ? 0 : -1} onClick={() => { choose(tab.id); }}>
              {tab.title}{tab.count !== undefined && tab.count > 0 && <span className="badge number">{tab.count.toLocaleString('en')}</span>}
            </button>
          ))}
        </div>
        {tools !== undefined && <div className="tabs-tools">{tools}</div>}
      </div>
      <div role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-tab-${active}`} className="tabs-panel">{children}</div>
    </div>
  );
}
