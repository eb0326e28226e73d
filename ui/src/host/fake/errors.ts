/** Errors as the backend would send them. */
import type { AppError, ErrorCode } from '../../generated/contract';

export function error(code: ErrorCode, message: string, supportId: string | null = null): AppError {
  return { code, message, supportId, retryAfterMs: null };
}

export const SUPPORT = '7f9c24e8-3b12-4c1d-9f4e-2a6b8c0d1e2f';
