import type { EksResponse } from "./contract";
import { apiModel } from "./model/api-model";

/** Which resources an error is about: EKS repeats them beside the message. */
export interface ErrorSubject {
  readonly clusterName?: string;
  readonly nodegroupName?: string;
  readonly addonName?: string;
}

/** A refusal in the EKS API's own terms. */
export class EksApiError extends Error {
  readonly code: string;
  readonly subject: ErrorSubject;

  /**
   * @param code exception name of the API model, e.g. `ResourceInUseException`
   * @param message text for the caller
   * @param subject resources named beside the message
   */
  constructor(code: string, message: string, subject: ErrorSubject = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.subject = subject;
  }

  /** HTTP status of the exception; 400 for names the model does not know. */
  get status(): number {
    return apiModel.errors[this.code] ?? 400;
  }

  /** The error as it goes over the wire. */
  toResponse(): EksResponse {
    return {
      status: this.status,
      headers: { "x-amzn-ErrorType": this.code },
      body: { ...this.subject, message: this.message },
    };
  }
}

export const notFound = (message: string, subject?: ErrorSubject): EksApiError =>
  new EksApiError("ResourceNotFoundException", message, subject);

export const inUse = (message: string, subject?: ErrorSubject): EksApiError =>
  new EksApiError("ResourceInUseException", message, subject);

export const invalidParameter = (message: string, subject?: ErrorSubject): EksApiError =>
  new EksApiError("InvalidParameterException", message, subject);

export const invalidRequest = (message: string, subject?: ErrorSubject): EksApiError =>
  new EksApiError("InvalidRequestException", message, subject);
