import {fault, type Judgement, ok, warning} from './finding.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Before the end of a certificate. */
const SOON_DAYS = 14;
const OTHERS_READ = 0o004;

type Dates = {readonly subject: string; readonly validFrom: Date; readonly validTo: Date};
type Problem = {readonly problem: string};

/** What the files of `[tls]` are, now. */
export type CertificateFacts = {
	readonly files: {readonly certificate: string; readonly key: string; readonly ca: string};
	readonly certificate: (Dates & {readonly names: string}) | Problem;
	/** `isOfCertificate`: undefined where that cannot be read. */
	readonly key: {readonly isOfCertificate: boolean | undefined; readonly mode: number} | Problem;
	/** `hasIssued`: this host's certificate; undefined where that cannot be read. */
	readonly authority: {readonly certificates: readonly Dates[]; readonly hasIssued: boolean | undefined} | Problem;
};

const REREAD = 'systemctl reload sterna-sender sterna-receiver';
const RENEW = `issue another (docs/operations.md, "Between two machines"), and ${REREAD}`;

/** `now`: of the clock that certificates are held against. */
export function judgeCertificate(facts: CertificateFacts, {now}: {readonly now: Date}): readonly Judgement[] {
	return [judgeLeaf(facts, now), judgeKey(facts), judgeAuthority(facts, now)];
}

function judgeLeaf({files, certificate}: CertificateFacts, now: Date): Judgement {
	const where = `tls.certificate ${files.certificate}`;
	if ('problem' in certificate)
		return fault(
			'certificate',
			`${where} cannot be read: ${certificate.problem}`,
			`put this host's certificate there, for the daemon's user to read; ${REREAD}`,
		);
	const {validFrom, validTo, names} = certificate;
	if (validTo < now) return fault('certificate', `${where} has expired on ${day(validTo)}`, RENEW);
	if (validFrom > now)
		return fault(
			'certificate',
			`${where} holds from ${validFrom.toISOString()} on, and it is ${now.toISOString()} here`,
			`set the clock of this host (timedatectl set-ntp true); or ${RENEW}`,
		);
	const detail = `${where} holds until ${day(validTo)}${names === '' ? '' : `, for ${names}`}`;
	if (names === '') return fault('certificate', `${detail}, and for no name: other hosts do not accept it`, RENEW);
	return isSoon(validTo, now) ? warning('certificate', `${detail}: in ${daysTo(validTo, now)} days`, RENEW) : ok('certificate', detail);
}

function judgeKey({files, key}: CertificateFacts): Judgement {
	const where = `tls.key ${files.key}`;
	if ('problem' in key)
		return fault(
			'key',
			`${where} cannot be read: ${key.problem}`,
			`put the key of tls.certificate there, without a passphrase, for the daemon's user to read; ${REREAD}`,
		);
	if (key.isOfCertificate === false)
		return fault(
			'key',
			`${where} is not that of tls.certificate ${files.certificate}`,
			`put the two that belong together there; ${REREAD}`,
		);
	if ((key.mode & OTHERS_READ) !== 0) return warning('key', `everybody may read ${where}`, `chmod o-rwx ${files.key}`);
	return ok('key', `${where} is that of the certificate`);
}

function judgeAuthority({files, authority}: CertificateFacts, now: Date): Judgement {
	const where = `tls.ca ${files.ca}`;
	if ('problem' in authority)
		return fault(
			'authority',
			`${where} cannot be read: ${authority.problem}`,
			`put the authorities' certificates there, for the daemon's user to read; ${REREAD}`,
		);
	if (authority.hasIssued === false)
		return fault(
			'authority',
			`${where} did not issue this host's certificate: hosts that trust the same authorities do not accept it`,
			RENEW,
		);
	const ended = authority.certificates.filter(({validTo}) => validTo < now);
	const ending = authority.certificates.filter(({validTo}) => isSoon(validTo, now));
	const names = (of: readonly Dates[]): string => of.map(({subject, validTo}) => `${subject} (${day(validTo)})`).join(', ');
	const fix = `make a new authority, and certificates by it; put both authorities into tls.ca of all hosts before; ${REREAD}`;
	if (ended.length === authority.certificates.length) return fault('authority', `${where} has expired: ${names(ended)}`, fix);
	if (ending.length > 0) return warning('authority', `${where} ends soon, or has: ${names(ending)}`, fix);
	return ok('authority', `${where} has issued the certificate: ${names(authority.certificates)}`);
}

function isSoon(end: Date, now: Date): boolean {
	return end.getTime() - now.getTime() < SOON_DAYS * DAY_MS;
}

function daysTo(end: Date, now: Date): number {
	return Math.floor((end.getTime() - now.getTime()) / DAY_MS);
}

function day(date: Date): string {
	return date.toISOString().slice(0, 10);
}
