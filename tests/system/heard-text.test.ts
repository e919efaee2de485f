/** What programs write into pipes, by the code page of their console on Windows. */
import { HeardBytes, heardText } from '../../src/system/heard-text.ts';

/** `１２３` in the code pages of the languages that have such digits. */
const DIGITS = [
  ['ja-JP', '825082518252'],
  ['ko-KR', 'a3b1a3b2a3b3'],
  ['zh-CN', 'a3b1a3b2a3b3'],
  ['zh-Hans-SG', 'a3b1a3b2a3b3'],
  ['zh-TW', 'a2b0a2b1a2b2'],
  ['zh-Hant-HK', 'a2b0a2b1a2b2'],
] as const;

test.each(DIGITS)('Windows in %s: its code page, where it is no UTF-8', (language, hex) => {
  const bytes = Buffer.from(hex, 'hex');
  expect(heardText(bytes, 'win32', () => language)).toBe('１２３');
  expect(heardText(bytes, 'linux', () => language)).toContain('\ufffd');
  expect(heardText(Buffer.from('１２３'), 'win32', () => language)).toBe('１２３');
});

test('the letters of Russian consoles; a language without such a page keeps what is ASCII', () => {
  const error = Buffer.from('8ee8a8a1aaa02035', 'hex');
  expect(heardText(error, 'win32', () => 'ru-RU')).toBe('Ошибка 5');
  expect(heardText(error, 'win32', () => 'en-US')).toMatch(/^\ufffd.* 5$/);
});

test('the system’s language is asked only where it decides', () => {
  const ask = jest.fn(() => 'ja-JP');
  expect(heardText(Buffer.from('123456\r\n'), 'win32', ask)).toBe('123456\r\n');
  expect(ask).not.toHaveBeenCalled();
});

test('UTF-16 as Windows PowerShell 5.1 redirects it', () => {
  expect(heardText(Buffer.from('\ufeff123456\r\n', 'utf16le'), 'win32')).toBe('123456\r\n');
});

test('a character that comes in two pieces is whole', () => {
  const bytes = Buffer.from('山');
  const heard = new HeardBytes();
  heard.add(bytes.subarray(0, 1));
  heard.add(bytes.subarray(1));
  expect(heard.length).toBe(3);
  expect(heard.text('linux')).toBe('山');
});
