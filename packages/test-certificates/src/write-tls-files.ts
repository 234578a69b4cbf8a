import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {IssuedCertificate} from './test-authority.ts';

/** Paths of PEM files, named as the `[tls]` table of a configuration has them. */
export type TlsFiles = {readonly certificate: string; readonly key: string; readonly ca: string};

/** Writes a host's certificate, its key and the authorities it trusts into `directory`, which is made where it is not there. */
export function writeTlsFiles(directory: string, {certificate, key}: IssuedCertificate, ca: string): TlsFiles {
	mkdirSync(directory, {recursive: true, mode: 0o700});
	const files: TlsFiles = {
		certificate: path.join(directory, 'certificate.pem'),
		key: path.join(directory, 'key.pem'),
		ca: path.join(directory, 'ca.pem'),
	};
	writeFileSync(files.certificate, certificate);
	writeFileSync(files.key, key, {mode: 0o600});
	writeFileSync(files.ca, ca);
	return files;
}
