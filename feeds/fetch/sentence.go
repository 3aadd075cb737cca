package fetch

import (
	"fmt"
	"time"
)

// Sentence says what happened and what to try, for people: plain text of one or
// two sentences.
func (e *Error) Sentence() string {
	switch e.Kind {
	case NoNetwork:
		return "There is no network. What is stored can be read; refresh again when the network is back."
	case DNS:
		if e.Missing {
			return fmt.Sprintf("There is no host named %s. Check the address of the feed.", e.Host)
		}
		return fmt.Sprintf("The name %s could not be looked up. It is tried again later.", e.Host)
	case Timeout:
		return e.slow()
	case Refused:
		return fmt.Sprintf("%s does not take the connection, or breaks it off. It is tried again later.", e.Host)
	case TLS:
		return fmt.Sprintf("%s cannot be trusted: %s. Only its operator can mend that; sitrep feeds set --trust takes its certificate as it is.", e.Host, e.Detail)
	case Status:
		return e.status()
	case TooBig:
		return fmt.Sprintf("%s sends a few bytes that unpack to more than the %d MB that a feed may hold. If it is honest, sitrep feeds set --max-size raises the limit for it.", e.Host, e.Limit>>20)
	case Redirect:
		return fmt.Sprintf("%s sends its readers on, but %s. Look on the site for the feed's new address.", e.Host, e.Detail)
	case Proxy:
		if e.Detail != "" {
			return fmt.Sprintf("The proxy cannot be used: %s. Nothing is asked without it.", e.Detail)
		}
		return "The proxy does not take the connection, and nothing is asked without it. Check that it runs, and the proxy setting."
	case Forbidden:
		if isOnion(e.Host) {
			return fmt.Sprintf("%s can be reached through Tor only. Set its proxy in the settings, like proxy = \"socks5h://127.0.0.1:9050\".", e.Host)
		}
		return fmt.Sprintf("%s leads to %s, where only a feed that was added by that very address may lead.", e.Host, e.Detail)
	case Locked:
		return fmt.Sprintf("The feed was not asked, because what opens it could not be read: %s.", e.Detail)
	case BadURL:
		return "The feed's address is no web address. Check that it begins with http:// or https://."
	case Canceled:
		return "The refresh was stopped before this feed was read."
	}
	if e.Detail != "" {
		return fmt.Sprintf("The answer of %s cannot be read: %s. It is tried again later.", e.Host, e.Detail)
	}
	return fmt.Sprintf("The answer of %s cannot be read. It is tried again later.", e.Host)
}

func (e *Error) slow() string {
	switch {
	case e.Err == errTooSlow:
		return fmt.Sprintf("%s sends too slowly, and was given up. It is tried again later.", e.Host)
	case e.Wire > 0:
		return fmt.Sprintf("%s did not come to an end in time. It is tried again later.", e.Host)
	}
	return fmt.Sprintf("%s does not answer. It is tried again later.", e.Host)
}

func (e *Error) status() string {
	switch {
	case e.Detail != "":
		return fmt.Sprintf("%s answered no (%d): %s. Opening the site in a browser may help.", e.Host, e.Status, e.Detail)
	case e.Status == 401:
		return fmt.Sprintf("%s asks for a name and a password (401). sitrep feeds set gives them to the feed.", e.Host)
	case e.Status == 402 || e.Status == 403 || e.Status == 451:
		return fmt.Sprintf("%s answered no (%d). The feed may only be open to some readers or countries.", e.Host, e.Status)
	case e.Status == 404:
		return fmt.Sprintf("%s has no feed at this address any more (404). Look on the site for its new address.", e.Host)
	case e.Status == 410:
		return fmt.Sprintf("%s has ended this feed for good (410). It can be removed; its articles stay.", e.Host)
	case e.Status == 429:
		return fmt.Sprintf("%s was asked too often (429). It is left alone %s.", e.Host, until(e.RetryAfter))
	case e.Status == 503 && e.RetryAfter > 0:
		return fmt.Sprintf("%s is busy (503). It is left alone %s.", e.Host, until(e.RetryAfter))
	case e.Status == 511: // RFC 6585, 6
		return "This network wants a sign-in first (511). Open any page in a browser, then refresh again."
	case e.Status >= 500:
		return fmt.Sprintf("%s has a fault of its own (%d). It is tried again later.", e.Host, e.Status)
	}
	return fmt.Sprintf("%s gave an answer that no feed gives (%d). Check the address of the feed.", e.Host, e.Status)
}

func until(d time.Duration) string {
	switch {
	case d == 0:
		return "for a while"
	case d >= 48*time.Hour:
		return fmt.Sprintf("for %d days", int(d.Round(24*time.Hour)/(24*time.Hour)))
	case d >= 2*time.Hour:
		return fmt.Sprintf("for %d hours", int(d.Round(time.Hour)/time.Hour))
	}
	return fmt.Sprintf("for %d minutes", max(1, int(d.Round(time.Minute)/time.Minute)))
}
