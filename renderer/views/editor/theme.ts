/** Monaco's colours from the window's roles, made anew with each theme. */
import { editor } from 'monaco-editor/editor';
import { currentTheme, onTheme, role, type ThemeName } from '../../theme/roles.ts';

const BASES: Readonly<Record<ThemeName, editor.BuiltinTheme>> = { light: 'vs', dark: 'vs-dark', contrast: 'hc-black' };
const TOKENS = { keyword: 'verdict-blue', 'keyword.trust': 'verdict-amber', type: 'verdict-violet', annotation: 'verdict-amber', number: 'verdict-green', string: 'verdict-red', 'string.escape': 'verdict-amber', comment: 'text-muted', operator: 'text', identifier: 'text' } as const;

/** Returns what ends it. */
export function followTheme(): () => void {
  const apply = (theme: ThemeName): void => {
    // Monaco takes six digits; a style sheet may be written with three.
    const hex = (name: string): string => role(name).replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
    const plain = (name: string): string => hex(name).slice(1);
    editor.defineTheme('assay', {
      base: BASES[theme], inherit: false,
      rules: [{ token: '', foreground: plain('text') }, ...Object.entries(TOKENS).map(([token, name]) => ({ token, foreground: plain(name), ...(token === 'keyword.trust' ? { fontStyle: 'bold' } : {}) }))],
      colors: {
        'editor.background': hex('surface'), 'editor.foreground': hex('text'), 'editorLineNumber.foreground': hex('text-muted'), 'editorLineNumber.activeForeground': hex('text'),
        'editor.lineHighlightBackground': hex('surface-raised'), 'editor.selectionBackground': hex('surface-selected'), 'editorCursor.foreground': hex('accent'),
        'editorWidget.background': hex('surface-overlay'), 'editorWidget.foreground': hex('text'), 'editorWidget.border': hex('line-strong'), 'editorHoverWidget.background': hex('surface-overlay'),
        'editorGutter.background': hex('surface'), 'editorCodeLens.foreground': hex('text-muted'), 'editorError.foreground': hex('verdict-red'), 'editorWarning.foreground': hex('verdict-amber'),
        'editorInfo.foreground': hex('verdict-blue'), 'editorIndentGuide.background1': hex('line'), 'scrollbarSlider.background': `${hex('line-strong')}66`, focusBorder: hex('focus'),
        'minimap.background': hex('surface'), 'input.background': hex('surface'), 'input.foreground': hex('text'), 'list.activeSelectionBackground': hex('surface-selected'), 'list.activeSelectionForeground': hex('text'),
      },
    });
    editor.setTheme('assay');
  };
  apply(currentTheme());
  return onTheme(apply);
}
