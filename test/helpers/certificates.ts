import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
export const DAY = 86_400_000;

/** A certificate with its key, as a server wants them. */
export type Pair = { readonly key: string; readonly cert: string };

/** An authority that signs certificates. */
export type Authority = {
  /** What has to be trusted. */
  readonly pem: string;
  /** A certificate for this computer (or another host) that is valid from and to so many ms from now. */
  readonly issue: (options?: { host?: string; from?: number; to?: number }) => Promise<Pair>;
};

const newKeys = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

async function pemOf(key: CryptoKey): Promise<string> {
  const bytes = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${bytes.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
}

const period = (from: number, to: number) => ({
  notBefore: new Date(Date.now() + from),
  notAfter: new Date(Date.now() + to),
});

const names = (host: string) =>
  new SubjectAlternativeNameExtension([
    { type: 'dns', value: host },
    ...(host === 'localhost' ? [{ type: 'ip' as const, value: '127.0.0.1' }] : []),
  ]);

let serial = 0;
const nextSerial = () => {
  serial += 1;
  return serial.toString(16).padStart(8, '0');
};

/** Makes an authority; `organisation` is how it names itself. */
export async function makeAuthority(organisation: string): Promise<Authority> {
  const keys = await newKeys();
  const own: X509Certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: nextSerial(),
    name: `CN=Root, O=${organisation}`,
    keys,
    ...period(-4000 * DAY, 4000 * DAY),
    signingAlgorithm: ALGORITHM,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  return {
    pem: own.toString('pem'),
    issue: async ({ host = 'localhost', from = -DAY, to = 30 * DAY } = {}) => {
      const leaf = await newKeys();
      const cert = await X509CertificateGenerator.create({
        serialNumber: nextSerial(),
        subject: `CN=${host}`,
        issuer: own.subject,
        publicKey: leaf.publicKey,
        signingKey: keys.privateKey,
        ...period(from, to),
        signingAlgorithm: ALGORITHM,
        extensions: [names(host)],
      });
      return { key: await pemOf(leaf.privateKey), cert: `${cert.toString('pem')}\n${own.toString('pem')}` };
    },
  };
}

/** A certificate that vouches for itself. */
export async function makeSelfSigned(): Promise<Pair> {
  const keys = await newKeys();
  const cert = await X509CertificateGenerator.createSelfSigned({
    serialNumber: nextSerial(),
    name: 'CN=localhost',
    keys,
    ...period(-DAY, DAY),
    signingAlgorithm: ALGORITHM,
    extensions: [names('localhost')],
  });
  return { key: await pemOf(keys.privateKey), cert: cert.toString('pem') };
}
