import { z } from 'zod';
import {
  createLanguage,
  importedLanguage,
  importLanguage,
  languageFile,
  languageSummary,
  saveLanguage,
} from '../api/languages.ts';
import * as languages from './handlers/languages.ts';
import { type Route, route } from './route.ts';

/** Languages: those there are, and those that people write. */
export const LANGUAGE_ROUTES: readonly Route[] = [
  route('GET', '/api/languages', {
    role: 'read',
    summary: 'Languages of the interface: built in, and of language files',
    answers: z.array(languageSummary),
    handle: async (services) => languages.languages(services),
  }),
  route('POST', '/api/languages', {
    role: 'configure',
    act: 'language.create',
    summary: 'Starts a language from another one',
    answers: languageFile,
    status: 201,
    body: createLanguage,
    handle: async (services, { body }) => languages.create(services, body),
  }),
  route('POST', '/api/languages/import', {
    role: 'configure',
    act: 'language.import',
    summary:
      'Takes a language file in, over the revision that is there, if any; what cannot serve stays out and is told',
    answers: importedLanguage,
    body: importLanguage,
    handle: async (services, { body }) => languages.take(services, body.document, body.over),
  }),
  route('GET', '/api/languages/:language', {
    role: 'nothing', // whoever signs in reads it too
    summary: 'A language file, for the page that speaks it and for the editor',
    answers: languageFile,
    handle: async (services, { param }) => languages.language(services, param('language')),
  }),
  route('PUT', '/api/languages/:language', {
    role: 'configure',
    act: 'language.save',
    summary: 'Saves translations over the revision they were read at; one that lost a placeholder is refused',
    answers: languageFile,
    body: saveLanguage,
    handle: async (services, { param, body }) => languages.save(services, param('language'), body),
  }),
  route('DELETE', '/api/languages/:language', {
    role: 'configure',
    act: 'language.delete',
    summary: 'Deletes a language file',
    answers: z.null(),
    handle: async (services, { param }) => languages.remove(services, param('language')),
  }),
  route('GET', '/api/languages/:language/file', {
    role: 'read',
    summary: 'The language file, to be kept or edited elsewhere',
    answers: { media: 'application/octet-stream', holds: 'The file, as JSON' },
    handle: async (services, { param }) => languages.file(services, param('language')),
  }),
];
