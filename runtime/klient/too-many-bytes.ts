// In: a size in bytes, and the largest that a cloud takes. Out: the same in words.

/** `98,576 bytes, 33,040 more than the 65,536 that the cloud takes`. */
export function tooManyBytes(bytes: number, limit: number): string {
  return `${digits(bytes)} bytes, ${digits(bytes - limit)} more than the ${digits(limit)} that the cloud takes`
}

/** A number in groups of three digits. */
export function digits(number: number): string {
  return number.toLocaleString('en-US')
}
