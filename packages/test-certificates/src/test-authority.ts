import {generate} from 'selfsigned';

/** A certificate with its key, as PEM texts. */
export type IssuedCertificate = {readonly certificate: string; readonly key: string};

export type IssueOptions = {
	/** DNS name; the subject's common name, too. */
	readonly name: string;
	/** IP addresses that it holds for besides. */
	readonly addresses?: readonly string[];
	/** When it ends; in a day where undefined. A time in the past makes an expired one. */
	readonly notAfter?: Date;
};

const DAY_MS = 24 * 60 * 60 * 1000;
const KEY = {keyType: 'ec', curve: 'P-256', algorithm: 'sha256'} as const;

/** A certificate authority of a test's own: good for a day, known to nobody else. */
export class TestAuthority {
	/** PEM: what both ends are told to trust. */
	readonly certificate: string;
	readonly #key: string;

	private constructor({certificate, key}: IssuedCertificate) {
		this.certificate = certificate;
		this.#key = key;
	}

	static async create(name = 'Sterna test authority'): Promise<TestAuthority> {
		const now = Date.now();
		const {cert: certificate, private: key} = await generate([{name: 'commonName', value: name}], {
			...KEY,
			notBeforeDate: new Date(now - DAY_MS),
			notAfterDate: new Date(now + DAY_MS),
			extensions: [
				{name: 'basicConstraints', cA: true, critical: true},
				{name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true},
			],
		});
		return new TestAuthority({certificate, key});
	}

	/** A certificate for both ends of a connection. */
	async issue({name, addresses = [], notAfter = new Date(Date.now() + DAY_MS)}: IssueOptions): Promise<IssuedCertificate> {
		const {cert: certificate, private: key} = await generate([{name: 'commonName', value: name}], {
			...KEY,
			notBeforeDate: new Date(Math.min(Date.now(), notAfter.getTime()) - DAY_MS),
			notAfterDate: notAfter,
			ca: {key: this.#key, cert: this.certificate},
			extensions: [
				{name: 'basicConstraints', cA: false, critical: true},
				{name: 'keyUsage', digitalSignature: true, critical: true},
				{name: 'extKeyUsage', serverAuth: true, clientAuth: true},
				{name: 'subjectAltName', altNames: [{type: 2, value: name}, ...addresses.map(ip => ({type: 7 as const, ip}))]},
			],
		});
		return {certificate, key};
	}
}
