import {createPrivateKey, X509Certificate} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import type {CertificateFacts} from './judge-certificate.ts';

export type TlsFilesOfHost = {readonly certificate: string; readonly key: string; readonly ca: string};

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g;

/** Reads the files of `[tls]` as they are now, whatever the daemon began with. Never rejects: what cannot be read is a fact. */
export async function certificateFacts(files: TlsFilesOfHost): Promise<CertificateFacts> {
	const certificate = await attempt(async () => readCertificates(files.certificate));
	const key = await attempt(async () => ({
		private: createPrivateKey(await readFile(files.key, 'utf8')),
		mode: (await stat(files.key)).mode,
	}));
	const authorities = await attempt(async () => readCertificates(files.ca));
	const [leaf, ...between] = certificate.value ?? [];
	return {
		files,
		certificate: leaf === undefined ? {problem: certificate.problem ?? 'there is no certificate in it'} : datesOf(leaf),
		key:
			key.value === undefined
				? {problem: key.problem ?? 'there is no key in it'}
				: {isOfCertificate: leaf?.checkPrivateKey(key.value.private), mode: key.value.mode},
		authority:
			authorities.value === undefined
				? {problem: authorities.problem ?? 'there is no certificate in it'}
				: {certificates: authorities.value.map(datesOf), hasIssued: leaf && leadsTo(leaf, between, authorities.value)},
	};
}

async function readCertificates(file: string): Promise<readonly X509Certificate[]> {
	const blocks = (await readFile(file, 'utf8')).match(PEM_CERTIFICATE) ?? [];
	if (blocks.length === 0) throw new Error('there is no certificate in it');
	return blocks.map(block => new X509Certificate(block));
}

function datesOf({subject, subjectAltName, validFromDate, validToDate}: X509Certificate): {
	readonly subject: string;
	readonly names: string;
	readonly validFrom: Date;
	readonly validTo: Date;
} {
	return {subject: subject.replaceAll('\n', ', '), names: subjectAltName ?? '', validFrom: validFromDate, validTo: validToDate};
}

/** Whether signatures lead from a certificate, by those between, to an authority. */
function leadsTo(leaf: X509Certificate, between: readonly X509Certificate[], authorities: readonly X509Certificate[]): boolean {
	const isIssuer = (of: X509Certificate, issuer: X509Certificate): boolean => of.checkIssued(issuer) && of.verify(issuer.publicKey);
	if (authorities.some(authority => isIssuer(leaf, authority) || leaf.fingerprint256 === authority.fingerprint256)) return true;
	const next = between.find(certificate => isIssuer(leaf, certificate));
	return (
		next !== undefined &&
		leadsTo(
			next,
			between.filter(certificate => certificate !== next),
			authorities,
		)
	);
}

async function attempt<Value>(read: () => Promise<Value>): Promise<{readonly value?: Value; readonly problem?: string}> {
	try {
		return {value: await read()};
	} catch (error) {
		return {problem: error instanceof Error ? error.message : String(error)};
	}
}
