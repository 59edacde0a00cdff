package browser

import (
	"testing"
	"time"
)

// TestDiverged: of a training that diverges the page says what to do, and nothing of it is left when the next begins.
func TestDiverged(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	value[int](p, `(window.wrong = [], addEventListener("error", e => wrong.push(e.message)), 0)`)
	const says = `[...document.querySelectorAll("[data-error-for]:not([hidden])")].map(e => e.textContent).join(" ")`
	p.set("#rate", "1000") // the losses stay finite, and the samples do not
	p.train(60)
	p.wait(20*time.Second, `/diverged to NaN/.test(`+says+`) && langevin.state.heldout`)
	p.set("#rate", "1e300")
	p.click("#start")
	p.wait(20*time.Second, `/try a lower learning rate/.test(`+says+`)`)
	p.set("#rate", "")
	p.train(60)
	p.wait(30*time.Second, finished)
	if text := value[string](p, says); text != "" {
		t.Errorf("the page says %q of a sound training", text)
	}
	if wrong := value[[]string](p, `wrong`); len(wrong) > 0 {
		t.Errorf("errors of the page: %q", wrong)
	}
}

// TestSeeds: seeds that JavaScript cannot have are refused with the range, and after the last one comes the first.
func TestSeeds(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	for _, seed := range []string{"18446744073709551615", "9007199254740993"} {
		p.set("#train-seed", seed)
		p.click("#start")
		p.wait(5*time.Second, `/from 0 to 9,007,199,254,740,991/.test(document.querySelector("[data-error-for=train]").textContent)`)
	}
	p.set("#n-a", "2.5")
	p.wait(5*time.Second, `/“2.5” is no whole number from 1 to 10,000/.test(document.querySelector("[data-error-for~=watch]").textContent)`)
	p.set("#n-a", "100")
	p.set("#train-seed", "")
	p.train(20)
	p.set("#seed-a", "9007199254740991")
	p.wait(20*time.Second, finished+` && / --seed 9007199254740991$/.test(document.querySelector("#command-sample-a code").textContent)`)
	p.click("#again-a")
	p.wait(20*time.Second, `/ --seed 0$/.test(document.querySelector("#command-sample-a code").textContent)`)
}
