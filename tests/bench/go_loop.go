// The same work with what Go has for it: net/http, crypto/tls and encoding/xml.
//
// usage: go_loop MODE COUNT URL CA-FILE USER; the password comes from BENCH_PASSWORD.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/xml"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const identifyMessage = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ` +
	`xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">` +
	`<s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>`

// Where it goes, the class, the action, a number for the message, further headers, the body.
const message = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ` +
	`xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" ` +
	`xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration" ` +
	`xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header><a:To>%s</a:To>` +
	`<w:ResourceURI s:mustUnderstand="true">http://schemas.microsoft.com/wbem/wsman/1/wmi/root/` +
	`cimv2/%s</w:ResourceURI><a:ReplyTo><a:Address>` +
	`http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>` +
	`<a:Action s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/09/%s</a:Action>` +
	`<w:MaxEnvelopeSize s:mustUnderstand="true">512000</w:MaxEnvelopeSize>` +
	`<a:MessageID>uuid:%016X</a:MessageID>%s</s:Header><s:Body>%s</s:Body></s:Envelope>`

const winRM = `<w:SelectorSet><w:Selector Name="Name">WinRM</w:Selector></w:SelectorSet>`

const enumerateBody = `<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements></n:Enumerate>`

const pullBody = `<n:Pull><n:EnumerationContext>%s</n:EnumerationContext><n:MaxElements>32000</n:MaxElements></n:Pull>`

type instance struct {
	Properties []struct {
		XMLName xml.Name
		Text    string `xml:",chardata"`
	} `xml:",any"`
}

type page struct {
	Context string `xml:"EnumerationContext"`
	Items   struct {
		Instances []instance `xml:",any"`
	}
}

type envelope struct {
	Body struct {
		IdentifyResponse struct {
			ProtocolVersion, ProductVendor, ProductVersion string
		}
		Instance          *instance `xml:"Win32_Service"`
		EnumerateResponse page
		PullResponse      page
	}
}

type peer struct {
	url, user, password string
	client              *http.Client
	messages            int
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func (p *peer) ask(body string) (answer envelope) {
	request, err := http.NewRequest("POST", p.url, strings.NewReader(body))
	must(err)
	request.Header.Set("Content-Type", "application/soap+xml;charset=UTF-8")
	if p.user == "" {
		request.Header.Set("WSMANIDENTIFY", "unauthenticated")
	} else {
		request.SetBasicAuth(p.user, p.password)
	}
	response, err := p.client.Do(request)
	must(err)
	text, err := io.ReadAll(response.Body)
	must(err)
	must(response.Body.Close())
	must(xml.NewDecoder(bytes.NewReader(text)).Decode(&answer))
	return answer
}

func (p *peer) askFor(class, action, headers, body string) envelope {
	p.messages++
	return p.ask(fmt.Sprintf(message, p.url, class, action, p.messages, headers, body))
}

func (p *peer) identify() int {
	if p.ask(identifyMessage).Body.IdentifyResponse.ProductVendor == "" {
		log.Fatal("the answer is no IdentifyResponse")
	}
	return 1
}

func (p *peer) get() int {
	instance := p.askFor("Win32_Service", "transfer/Get", winRM, "").Body.Instance
	if instance == nil || len(instance.Properties) == 0 {
		log.Fatal("the answer is no instance")
	}
	return 1
}

func (p *peer) enumerate() int {
	page := p.askFor("Loopback_Row", "enumeration/Enumerate", "", enumerateBody).Body.EnumerateResponse
	items := len(page.Items.Instances)
	for page.Context != "" {
		page = p.askFor("Loopback_Row", "enumeration/Pull", "", fmt.Sprintf(pullBody, page.Context)).Body.PullResponse
		items += len(page.Items.Instances)
	}
	return items
}

// A client with a connection of its own and nothing that could be resumed.
func newPeer(config *tls.Config) *peer {
	return &peer{url: os.Args[3], user: os.Args[5], password: os.Getenv("BENCH_PASSWORD"),
		client: &http.Client{Transport: &http.Transport{TLSClientConfig: config}}}
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

func residentKiB() int {
	var pages int
	text, err := os.ReadFile("/proc/self/statm")
	must(err)
	_, err = fmt.Sscanf(string(text), "%d %d", new(int), &pages)
	must(err)
	return pages * os.Getpagesize() / 1024
}

// Measures `count` times `work`, which says how many operations each was.
func measure(count int, work func() int) {
	start, cpu := time.Now(), cpuSeconds()
	done := 0
	for i := 0; i < count; i++ {
		done += work()
	}
	seconds := time.Since(start).Seconds()
	fmt.Printf("rate %.2f cpu %.2f kib %d\n", float64(done)/seconds,
		(cpuSeconds()-cpu)*1e6/float64(done), residentKiB())
}

func main() {
	if len(os.Args) < 6 {
		log.Fatal("usage: go_loop MODE COUNT URL CA-FILE USER")
	}
	count, err := strconv.Atoi(os.Args[2])
	must(err)
	bundle, err := os.ReadFile(os.Args[4])
	must(err)
	config := &tls.Config{}
	kept := newPeer(config)
	work := map[string]func() int{"identify": kept.identify, "get": kept.get, "rows": kept.enumerate}[os.Args[1]]
	if os.Args[1] == "first" {
		var all []*peer // All are kept.
		work = func() int {
			if config.RootCAs == nil {
				config.RootCAs = x509.NewCertPool()
				config.RootCAs.AppendCertsFromPEM(bundle)
			}
			all = append(all, newPeer(config))
			return all[len(all)-1].identify()
		}
	} else {
		config.RootCAs = x509.NewCertPool()
		config.RootCAs.AppendCertsFromPEM(bundle)
		work()
	}
	measure(count, work)
}
