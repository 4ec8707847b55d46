import type { ProxyAnswer, SaveProxy } from '../../api/proxy.ts';
import { proxyOptions, saveProxy } from '../../runs/proxy.ts';
import type { Services } from '../app.ts';

/** The proxy of the options; whether there is a password, never the password. */
export async function getProxy({ app }: Services): Promise<ProxyAnswer> {
  return proxyOptions(app.deps.store);
}

export async function putProxy(services: Services, { password, ...options }: SaveProxy): Promise<ProxyAnswer> {
  await saveProxy(services.app.deps.store, { ...options, exceptions: [...options.exceptions] }, password);
  return getProxy(services);
}
