declare module '*.css';
/** A text file as it is, built into the application. */
declare module '*.md?raw' {
  const text: string;
  export default text;
}
/** What Vite knows of files by a pattern. */
interface ImportMeta {
  readonly glob: <Value>(
    pattern: string,
    options: { readonly eager: true; readonly query: string; readonly import: string },
  ) => Readonly<Record<string, Value>>;
}
declare module '@fontsource-variable/inter';
declare module '@fontsource-variable/jetbrains-mono';
