// People prints a table of people who do not exist, for the pictures of the documentation:
//
//	go run ./docs/pictures > people.csv
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/seed964deb49/langevin/kernels"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintln(out, "height,weight,age,sport")
	const rows, each = 3000, 5
	noise := kernels.Noise{Seed: 1}
	z := make([]float32, each*rows)
	noise.Fill(z, 0)
	for i := range rows {
		z := z[each*i:]
		tall, old := z[0] > 0, z[1] > 0.3
		height, age := 165+7*z[2], 25+5*z[3]
		if tall {
			height += 13
		}
		if old {
			age = 54 + 9*z[3]
		}
		weight := 0.9*(height-100) + 0.15*age + 8*z[4]
		fmt.Fprintf(out, "%.1f,%.1f,%.0f,%s\n", height, weight, max(age, 12), sport(i%10, old))
	}
}

// sport is what one in ten does.
func sport(which int, old bool) string {
	most := 5
	if old {
		most = 2
	}
	switch {
	case which < most:
		return "runs"
	case which < 7:
		return "swims"
	}
	return "none"
}
