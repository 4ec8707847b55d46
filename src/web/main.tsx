import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/notices.css';
import './styles/dialogs.css';
import './styles/shell.css';
import './styles/welcome.css';
import './styles/home.css';
import './styles/log.css';
import './styles/import.css';
import './styles/run.css';
import './styles/settings.css';
import './styles/narrow.css';
import './styles/format.css';
import './styles/mapping.css';
import './styles/start.css';
import './styles/access.css';
import './styles/translation.css';
import './styles/toasts.css';
import './styles/review.css';
import './styles/review-grid.css';
import './styles/review-why.css';
import './styles/review-cards.css';
import './styles/dashboard.css';
import './styles/help.css';
import './styles/search.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, Fault } from './App.tsx';
import { Refusal } from './api/client.ts';
import './density.ts';
import { chosenLanguage, LanguageProvider } from './language.tsx';
import { theme } from './theme.ts';

// The server is on this machine: it answers also where there is no network.
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => count < 1 && !(error instanceof Refusal && error.status === 401),
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

const first = await chosenLanguage();
const root = document.getElementById('root');
if (!root) throw new TypeError('The page has no root.');
createRoot(root, { onUncaughtError: showFault }).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <LanguageProvider first={first}>
          <App />
        </LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);

/** A fault of the page itself takes all of it away: it is said, in the place of a white sheet, and told to the console. */
function showFault(error: unknown): void {
  console.error(error);
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  createRoot(place).render(
    <LanguageProvider first={first}>
      <Fault />
    </LanguageProvider>,
  );
}
