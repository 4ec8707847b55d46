import type { CreateProfile } from '../api/api.ts';
import { Failure } from '../core/problem.ts';
import { newProfile } from '../profiles/new-profile.ts';
import { TEMPLATES, type TemplateName } from '../profiles/templates.ts';
import { validateProfile } from '../profiles/validate.ts';
import type { RunDeps } from '../runs/deps.ts';
import { addProfile, fillPayments } from '../runs/new-profile.ts';
import { known } from './profiles.ts';

/** Makes a profile for the web app: the template's accounts, the secrets apart, a row for each payment method of the shop. */
export async function createProfile(deps: RunDeps, request: CreateProfile): Promise<string> {
  const { name, shop, url, ledger, credentials } = request;
  const document = newProfile({ name, shop, url, ledger, folder: null, template: templateOf(request.template) });
  const validated = validateProfile(document, known);
  if (!validated.ok) {
    const [first] = validated.errors;
    throw new Failure('profile.invalid', { path: first?.path ?? '', reason: first?.code ?? '', ...first?.values });
  }
  const id = await addProfile(deps, name, document);
  for (const [secret, value] of Object.entries(credentials)) await deps.store.secrets.put(id, secret, value);
  if (Object.keys(credentials).length === 0) return id;
  try {
    await fillPayments(deps, id);
  } catch (error) {
    // A shop that cannot be reached yet keeps nobody from going on: the missing rows are pointed out before an import.
    if (!(error instanceof Failure)) throw error;
  }
  return id;
}

function templateOf(name: string): TemplateName {
  const found = TEMPLATES.find((one) => one === name);
  if (!found) throw new Failure('usage', { reason: 'unknown-template', written: name });
  return found;
}
